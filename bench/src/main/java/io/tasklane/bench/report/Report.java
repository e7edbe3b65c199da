package io.tasklane.bench.report;

import io.tasklane.bench.figure.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures every scenario several times, or reads runs that were measured before, and writes their
 * medians into docs/benchmarks.md and the charts beside it. All scenarios are measured once before
 * any is measured again, so that a machine that changes its pace does so for all of them.
 */
@Command(
    name = "report",
    description = "Runs all scenarios and writes docs/benchmarks.md and its charts.",
    mixinStandardHelpOptions = true)
public final class Report implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "Files of runs, one JSON object a line as --json prints it; tables of which there are no"
              + " runs stay as they are. Default: run all.")
  private List<Path> files = List.of();

  @Option(names = "--runs", paramLabel = "N", description = "Runs of each. Default: 3.")
  private int rounds = 3;

  @Option(names = "--seconds", paramLabel = "N", description = "As of scenarios. Default: 10.")
  private int seconds = 10;

  @Option(names = "--warm-up", paramLabel = "N", description = "As of scenarios. Default: 20.")
  private int warmUp = 20;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Where runs are kept, one a line. Default: bench/target/runs.jsonl.")
  private Path save;

  @Option(
      names = "--docs",
      paramLabel = "FOLDER",
      description = "Where benchmarks.md and its charts are. Default: docs.")
  private Path docs;

  @Override
  public Integer call() throws Exception {
    Map<List<String>, List<Figures>> measured = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    if (files.isEmpty()) {
      measure(measured, missing);
    } else {
      measured.put(List.of(), read());
    }
    List<Figures> all = measured.values().stream().flatMap(List::stream).toList();
    Path folder = docs == null ? home().resolve("docs") : docs;
    List<Path> written = new Docs(folder).write(all, missing);
    remark("wrote " + String.join(", ", written.stream().map(Path::toString).toList()));
    return missing.isEmpty() ? 0 : 1;
  }

  private void measure(Map<List<String>, List<Figures>> measured, List<String> missing)
      throws IOException, InterruptedException {
    Path kept = save == null ? home().resolve("bench/target/runs.jsonl") : save;
    Files.deleteIfExists(kept);
    Plan.ALL.forEach(words -> measured.put(words, new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      for (List<String> words : Plan.ALL) {
        String name = String.join(" ", words);
        if (missing.contains(name)) {
          continue;
        }
        remark("run %d of %d: %s".formatted(round, rounds, name));
        try {
          Figures figures = BenchProcess.run(with(words));
          Files.writeString(
              kept, figures.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          measured.get(words).add(figures);
        } catch (IOException failed) {
          remark(failed.getMessage());
          missing.add(name);
        }
      }
    }
  }

  private List<String> with(List<String> words) {
    Stream<String> times =
        Stream.of("--seconds", Integer.toString(seconds), "--warm-up", Integer.toString(warmUp));
    return Stream.concat(words.stream(), times).toList();
  }

  private List<Figures> read() throws IOException {
    List<Figures> read = new ArrayList<>();
    for (Path file : files) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.filter(line -> line.startsWith("{")).map(Figures::read).forEach(read::add);
      }
    }
    return read;
  }

  private Path home() {
    String home = System.getenv("TASKLANE_HOME");
    if (home == null) {
      throw new ParameterException(
          spec.commandLine(), "TASKLANE_HOME is not set: run the bench through ./tasklane");
    }
    return Path.of(home);
  }

  private void remark(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
