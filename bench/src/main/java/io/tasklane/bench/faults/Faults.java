package io.tasklane.bench.faults;

import io.tasklane.bench.faults.check.Checker;
import io.tasklane.bench.faults.check.History;
import io.tasklane.bench.faults.check.Violation;
import io.tasklane.bench.faults.record.Chronicle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tasklane bench faults}; ends with 0 if every promise was kept and every node came back.
 */
@Command(
    name = "faults",
    description =
        "Breaks a system of several nodes while tasks run, and checks that its promises are kept.",
    mixinStandardHelpOptions = true)
public final class Faults implements Callable<Integer> {
  private static final int SHOWN = 20;
  private static final String HANDLERS = "bench/target/tasklane-bench-fault-handlers.jar";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object as the last line.")
  private boolean json;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long it is broken, 1 to 600. Default: ${DEFAULT-VALUE}.")
  private int minutes = 10;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Draws the same faults and tasks again. Default: another one each time.")
  private Long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes, 1 to 5. Default: ${DEFAULT-VALUE}.")
  private int nodes = 3;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Tasks created a second, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int rate = 35;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Where the record is kept. Default: with the data, which go if all is well.")
  private Path record;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Break nothing: check the record of an earlier run.")
  private Path check;

  @Override
  public Integer call() throws Exception {
    if (check != null) {
      return tell(new FaultReport(Chronicle.read(check)), null);
    }
    require("--minutes", minutes, 600);
    require("--nodes", nodes, 5);
    require("--rate", rate, 1000);
    Path home = home();
    Path folder = Files.createTempDirectory("tasklane-faults-");
    Path file = record == null ? folder.resolve("record.jsonl") : record;
    long drawn = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
    FaultRun run =
        new FaultRun(
            home, home.resolve(HANDLERS), folder, drawn, Duration.ofMinutes(minutes), this::remark);
    remark("seed " + drawn + ", data in " + folder);
    FaultReport report = run.run(nodes, rate, file);
    return tell(report, folder);
  }

  private void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " " + value + ": 1 to " + most + " are allowed");
    }
  }

  private Path home() {
    String home = System.getenv("TASKLANE_HOME");
    if (home == null) {
      throw new ParameterException(
          spec.commandLine(), "TASKLANE_HOME is not set: run it through ./tasklane");
    }
    return Path.of(home);
  }

  private int tell(FaultReport report, Path folder) throws IOException {
    List<Violation> violations = Checker.check(new History(report.entries()));
    violations.stream().limit(SHOWN).forEach(violation -> remark(violation.toString()));
    report.put("violations", violations.size());
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : report.text());
    out.flush();
    boolean kept = violations.isEmpty() && report.isHealed();
    if (folder != null && kept) {
      new TemporaryTree(folder).delete();
    } else if (folder != null) {
      remark("not all was well; data and logs are kept in " + folder);
    }
    return kept ? 0 : 1;
  }

  private void remark(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
