package io.tasklane.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whatever goes wrong is said in words that help, and never as a stack trace. */
class FaultsTest {
  /** Every verb of every noun, with words in place of its parameters. */
  static Stream<List<String>> verbs() {
    List<List<String>> verbs = new ArrayList<>();
    Tasklane.commandLine(Map.of())
        .getSubcommands()
        .forEach(
            (noun, line) ->
                line.getSubcommands().forEach((verb, leaf) -> verbs.add(words(noun, verb, leaf))));
    return verbs.stream();
  }

  /** What a verb must have beside its parameters, so that nothing but the server can be wrong. */
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          entry("queue update", List.of("--concurrency", "3")),
          entry("resource update", List.of("--capacity", "3")),
          entry("trigger update", List.of("--if", "true")),
          entry("schedule update", List.of("--every", "5m")),
          entry(
              "schedule backfill",
              List.of("--from", "2026-11-23T09:30:00Z", "--to", "2026-11-23T10:30:00Z")),
          entry("calendar create", List.of("--file", emptyObject())),
          entry("calendar update", List.of("--file", emptyObject())),
          entry("workflow start", List.of("--file", emptyObject())),
          entry("workflow forecast", List.of("X")),
          entry("batch cancel", List.of("--filter", "", "--dry-run")),
          entry("batch retry", List.of("--filter", "", "--dry-run")),
          entry("batch replay", List.of("--filter", "", "--dry-run")),
          entry("batch discard", List.of("--filter", "", "--dry-run")),
          entry("batch cancel-workflows", List.of("--filter", "", "--dry-run")),
          entry("batch reprioritise", List.of("--filter", "", "--dry-run", "--priority", "3")));

  /** Nouns that need no server. */
  private static final Set<String> LOCAL = Set.of("profile");

  private static String emptyObject() {
    try {
      Path file = Files.createTempFile("tasklane", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "{}").toString();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<String> words(String noun, String verb, CommandLine leaf) {
    List<String> words = new ArrayList<>(List.of(noun, verb));
    leaf.getCommandSpec().positionalParameters().stream()
        .filter(parameter -> parameter.arity().min() > 0)
        .forEach(
            parameter ->
                words.add(
                    parameter.type().isEnum()
                        ? parameter.completionCandidates().iterator().next()
                        : "X"));
    words.addAll(REQUIRED.getOrDefault(noun + " " + verb, List.of()));
    return words;
  }

  /** Those of them that talk to a server. */
  static Stream<List<String>> serverVerbs() {
    return verbs().filter(verb -> !LOCAL.contains(verb.get(0)));
  }

  @Test
  void the_verbs_are_found() {
    assertThat(verbs()).hasSizeGreaterThan(25);
  }

  @ParameterizedTest
  @MethodSource("serverVerbs")
  void an_address_that_is_none_is_refused_by_every_verb(List<String> verb) {
    CommandRun run = run(verb, "--server", "nonsense");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("tasklane: \"nonsense\" is no address of a server")
        .contains("HOST:PORT", "127.0.0.1:9090")
        .doesNotContain("\tat ", "Exception");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":9090", "host", "host:", "host:0", "host:65536", "a b:1", "http://h:1"})
  void an_address_needs_a_host_and_a_port(String address) {
    assertThat(run(List.of("queue", "list"), "--server", address).exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void every_verb_has_help_and_refuses_what_it_does_not_know(List<String> verb) {
    CommandRun help = run(verb, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: tasklane " + verb.get(0) + " " + verb.get(1));
    CommandRun wrong = run(verb, "--no-such-option");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--no-such-option", "--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task bogus --help",
        "bogus --help",
        "--help bogus",
        "task bogus",
        "task get a b -h"
      })
  void help_about_what_does_not_exist_is_a_usage_error(String command) {
    CommandRun run = CommandRun.of(Map.of(), command.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tasklane: ").contains("see `tasklane");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue create Q --concurrency 0 | 1 to 1000",
        "queue update Q --concurrency 1001 | 1 to 1000",
        "queue create Q --concurrency many | 1 to 1000",
        "queue create Q --max-attempts 0 | 1 to 100",
        "task create Q t --priority 0 | 1 to 10",
        "task create Q t --priority 11 | 1 to 10",
        "task create Q t --priority high | 1 to 10",
        "task create Q t --resource r=0 | 1 to 1000000",
        "resource create r --capacity -1 | 0 to 1000000",
        "task list --limit 0 | at least 1",
        "dlq list --limit 0 | at least 1",
        "event list --limit -1 | at least 1",
        "event watch --count 0 | at least 1",
        "queue stats --watch --interval 0s | 200ms to 60s",
        "queue simulate Q --concurrency 0 | 1 to 1000",
        "queue simulate Q --arrivals-factor 0 | 0.01 to 100",
        "queue simulate Q --arrivals-factor NaN | 0.01 to 100",
      })
  void a_number_out_of_its_range_is_refused_by_the_command(String command, String allowed) {
    CommandRun run = CommandRun.of(Map.of("TASKLANE_SERVER", "127.0.0.1:1"), command.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(allowed, "--help").doesNotContain("\tat ");
  }

  @Test
  void a_file_that_cannot_be_read_is_named_as_it_was_given(@TempDir Path folder)
      throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Map<String, String> faults =
        Map.of(
            "@no/such.json",
            "--input @no/such.json: there is no such file",
            "@" + folder.resolve("sub"),
            "it is a folder",
            "@",
            "it is a folder",
            "@a\u0000b",
            "this is no name of a file");
    faults.forEach(
        (given, words) -> {
          CommandRun run = run(List.of("task", "create", "Q", "t"), "--input", given);
          assertThat(run.exitCode()).isEqualTo(2);
          assertThat(run.err()).contains(words).doesNotContain("Exception");
        });
    CommandRun demo = run(List.of("demo"), "--data", "no/such");
    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(demo.err())
        .startsWith("tasklane: --data: no/such/symbols.csv: there is no such file")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error"})
  void a_fault_of_the_command_itself_is_one_too(String what) {
    StringWriter errors = new StringWriter();
    CommandLine line = Tasklane.commandLine(Map.of("TASKLANE_SERVER", "127.0.0.1:1"));
    line.addSubcommand(new Broken()).setErr(new PrintWriter(errors));
    assertThat(Tasklane.run(line, "broken", "--" + what)).isEqualTo(1);
    assertThat(errors.toString())
        .startsWith("tasklane: this is a fault of the command itself: ")
        .contains("TASKLANE_STACK_TRACE=1")
        .doesNotContain("\tat ");
  }

  private static CommandRun run(List<String> verb, String... more) {
    List<String> words = new ArrayList<>(verb);
    words.addAll(List.of(more));
    return CommandRun.of(Map.of(), words.toArray(String[]::new));
  }

  /** A command with a fault. */
  @Command(name = "broken")
  static final class Broken implements Runnable {
    @Option(names = "--exception")
    private boolean exception;

    @Option(names = "--error")
    private boolean error;

    @Override
    public void run() {
      if (exception) {
        throw new IllegalStateException("thought to be impossible");
      }
      throw error ? new StackOverflowError() : new AssertionError();
    }
  }
}
