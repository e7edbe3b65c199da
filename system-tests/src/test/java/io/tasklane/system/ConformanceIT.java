package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void every_client_has_every_behaviour(RunningServer server, Client client) throws Exception {
    List<String> node =
        List.of("node", CLIENTS.resolve("node/conformance.mjs").toString(), "ADDRESS");
    List<String> python =
        List.of(PYTHON, CLIENTS.resolve("python/conformance.py").toString(), "ADDRESS");
    String main = "io.tasklane.conformance.Conformance";
    List<String> java =
        List.of(javaProgram(), "-cp", classPath(), main, BEHAVIOURS.toString(), "ADDRESS");
    var runs =
        Map.of(
            "java", ConformanceRun.start(server, client, java),
            "node", ConformanceRun.start(server, client, node),
            "python", ConformanceRun.start(server, client, python));
    CompletableFuture.allOf(runs.values().toArray(CompletableFuture<?>[]::new))
        .get(5, TimeUnit.MINUTES);
    String table = table(runs);
    System.out.println(table);
    assertThat(table).doesNotContain("FAIL").doesNotContain("missing");
  }

  private static String table(Map<String, CompletableFuture<Map<String, String>>> runs)
      throws IOException {
    StringBuilder table = new StringBuilder();
    for (String line : Files.readAllLines(BEHAVIOURS)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String name = line.split("\\s", 2)[0];
        table.append(String.format("%n%-20s", name));
        for (String language : List.of("java", "node", "python")) {
          String outcome = runs.get(language).join().getOrDefault(name, "missing");
          table.append(' ').append(language).append(' ').append(outcome);
        }
      }
    }
    return table.toString();
  }

  @Test
  void the_hello_world_of_each_language_runs(RunningServer server) throws Exception {
    hello(server, "java", "Hello.java", List.of(javaProgram(), "-cp", classPath()));
    hello(server, "js", "hello.mjs", List.of("node"));
    hello(server, "python", "hello.py", List.of("env", "PYTHONPATH=" + pythonPath(), PYTHON));
  }

  private void hello(RunningServer server, String language, String name, List<String> command)
      throws Exception {
    String page = Files.readString(CLIENTS.resolve("README.md"));
    String begin = "```" + language + "\n";
    String program = page.substring(page.indexOf(begin) + begin.length());
    program = program.substring(0, program.indexOf("```"));
    assertThat(program.lines().count()).as(language).isLessThanOrEqualTo(20);
    // A program of Node finds the package by its place.
    Path file =
        language.equals("js") ? CLIENTS.resolve("node").resolve(name) : folder.resolve(name);
    Files.writeString(file, program.replace("127.0.0.1:9090", server.grpc()));
    try {
      List<String> words = new ArrayList<>(command);
      words.add(file.toString());
      CommandRun run = CommandRun.of(Duration.ofSeconds(60), words);
      assertThat(run.exitCode()).as(language + "\n" + run.err()).isZero();
      assertThat(run.lastLine()).as(language).contains("Hello, AAPL");
    } finally {
      Files.delete(file);
    }
  }

  private static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return JAVA_CHECKS + ":" + System.getProperty("java.class.path");
  }

  private static String pythonPath() {
    return CLIENTS.resolve("python").toString();
  }
}
