package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The clients for Java, Node and Python do the same, and their pages tell how. */
@ExtendWith(SharedServer.class)
class ConformanceIT {
  private static final Path CLIENTS = Home.folder().resolve("clients");
  private static final Path BEHAVIOURS = CLIENTS.resolve("conformance/behaviours.txt");
  private static final Path JAVA_CHECKS = CLIENTS.resolve("java/target/test-classes");
  private static final String PYTHON = "/usr/bin/python3";
  private static final List<String> LANGUAGES = List.of("java", "node", "python");

  /** Those that need a lease of two seconds. */
  private static final Set<String> BY_STAND_IN = Set.of("worker.computing", "worker.lost");

  @TempDir private Path folder;

  @BeforeAll
  static void preparePython() throws Exception {
    String prepare = CLIENTS.resolve("python/prepare").toString();
    CommandRun run = CommandRun.of(Duration.ofMinutes(5), List.of(prepare));
    assertThat(run.exitCode())
        .as(
            "the client for Python needs Debian packages that could not be installed: %s",
            run.err())
        .isZero();
  }

  /**
   * All at once, because much of their time is spent waiting: against the server, but for a few
   * checks of workers, which run against a stand-in for its side of WorkerService.
   */
  @Test
  void every_client_has_every_behaviour(RunningServer server, Client client) throws Exception {
    try (StandIn workers = StandIn.start()) {
      Map<String, CompletableFuture<Map<String, String>>> runs = new HashMap<>();
      for (String language : LANGUAGES) {
        var first =
            ConformanceRun.start(server.grpc(), Optional.of(client), runner(language, false));
        var second =
            ConformanceRun.start(workers.address(), Optional.empty(), runner(language, true));
        runs.put(language, first.thenCombine(second, ConformanceIT::both));
      }
      CompletableFuture.allOf(runs.values().toArray(CompletableFuture<?>[]::new))
          .get(5, TimeUnit.MINUTES);
      String table = table(runs);
      System.out.println(table);
      assertThat(table).doesNotContain("FAIL").doesNotContain("missing");
    }
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new HashMap<>(one);
    all.putAll(other);
    return all;
  }

  private static List<String> runner(String language, boolean byStandIn) {
    List<String> words =
        switch (language) {
          case "java" ->
              List.of(
                  javaProgram(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classPath(),
                  "io.tasklane.conformance.Conformance",
                  BEHAVIOURS.toString());
          case "node" -> List.of("node", CLIENTS.resolve("node/conformance.mjs").toString());
          default -> List.of(PYTHON, CLIENTS.resolve("python/conformance.py").toString());
        };
    Stream<String> names =
        behaviours()
            .filter(name -> BY_STAND_IN.contains(name) == byStandIn)
            .filter(name -> applies(name, language));
    return Stream.of(words.stream(), Stream.of("ADDRESS"), names).flatMap(part -> part).toList();
  }

  /** Whether a behaviour, which may begin with the one language that has it, is one of this. */
  private static boolean applies(String behaviour, String language) {
    String first = behaviour.split("\\.")[0];
    return !LANGUAGES.contains(first) || first.equals(language);
  }

  private static Stream<String> behaviours() {
    try {
      return Files.readAllLines(BEHAVIOURS).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s", 2)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(Map<String, CompletableFuture<Map<String, String>>> runs) {
    StringBuilder table = new StringBuilder();
    behaviours()
        .forEach(
            name -> {
              table.append(String.format("%n%-20s", name));
              LANGUAGES.stream()
                  .filter(language -> applies(name, language))
                  .forEach(
                      language -> {
                        String outcome = runs.get(language).join().getOrDefault(name, "missing");
                        table.append(' ').append(language).append(' ').append(outcome);
                      });
            });
    return table.toString();
  }

  @Test
  void the_programs_of_the_page_run(RunningServer server) throws Exception {
    List<String> python = List.of("env", "PYTHONPATH=" + CLIENTS.resolve("python"), PYTHON);
    programs(server, "java", "Hello.java", List.of(javaProgram(), "-cp", classPath()));
    programs(server, "js", "hello.mjs", List.of("node"));
    programs(server, "python", "hello.py", python);
  }

  /** Runs the client of a language, and its worker. */
  private void programs(RunningServer server, String language, String name, List<String> command)
      throws Exception {
    String page = Files.readString(CLIENTS.resolve("README.md"));
    // A program of Node finds the package by its place.
    Path place = language.equals("js") ? CLIENTS.resolve("node") : folder;
    Path file = place.resolve(name);
    int at = 0;
    for (int i = 0; i < 2; i++) {
      at = page.indexOf("```" + language + "\n", at) + language.length() + 4;
      String program = page.substring(at, page.indexOf("```", at));
      assertThat(program.lines().count()).as(program).isLessThanOrEqualTo(20);
      Files.writeString(file, program.replace("127.0.0.1:9090", server.grpc()));
      try {
        List<String> words = new ArrayList<>(command);
        words.add(file.toString());
        CommandRun run = CommandRun.of(Duration.ofSeconds(60), words);
        assertThat(run.exitCode()).as(program + run.err()).isZero();
        assertThat(run.lastLine()).as(program).isEqualTo("Hello, AAPL");
      } finally {
        Files.delete(file);
      }
    }
  }

  private static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return JAVA_CHECKS + ":" + System.getProperty("java.class.path");
  }

  /** Keeps tasks in memory and offers them to workers. */
  private record StandIn(Process process, String address) implements AutoCloseable {
    static StandIn start() throws IOException {
      String program = CLIENTS.resolve("conformance/fake_server.py").toString();
      Process process =
          new ProcessBuilder(PYTHON, program)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new StandIn(process, process.inputReader().readLine());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
