package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a shell offers after the words that were typed so far. */
class CompletionTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    CommandRun run = CommandRun.of(Map.of(), "completion", "bash");
    assertThat(run.exitCode()).isZero();
    Files.writeString(folder.resolve("completion"), run.out());
    // Calls the function that bash calls at TAB, with the words as bash splits them.
    Files.writeString(
        folder.resolve("complete"),
        """
        compopt() { :; }  # works only while bash completes
        . ./completion
        function=$(complete -p tasklane | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        $function
        printf '%s\\n' "${COMPREPLY[@]}"
        """);
  }

  @Test
  void the_script_is_one_that_bash_understands() throws Exception {
    assertThat(bash("-n", "completion")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tasklane que | queue",
        "tasklane sched | schedule",
        "tasklane queue pau | pause",
        "tasklane task create Q t --pri | --priority",
        "tasklane queue list -o y | yaml",
        "tasklane schedule create s Q t --overlap BUF | BUFFER_ONE",
        // A word with a colon, which bash splits in three.
        "tasklane task create Q t --after need : x --wa | --wait",
        "tasklane --server 127.0.0.1 : 9090 queue dr | drain",
        "tasklane profile us | use",
      })
  void a_noun_a_verb_an_option_and_its_value_are_completed(String typed, String offered)
      throws Exception {
    assertThat(bash(("complete " + typed).split(" "))).isEqualTo(offered);
  }

  /** The script keeps the values of an option under its label. */
  @Test
  void no_two_options_of_a_verb_with_values_have_one_label() {
    HelpTest.verbs()
        .forEach(
            verb -> {
              List<String> labels =
                  verb.getCommandSpec().options().stream()
                      .filter(option -> option.completionCandidates() != null)
                      .map(CommandLine.Model.OptionSpec::paramLabel)
                      .toList();
              assertThat(labels).as(verb.getCommandSpec().qualifiedName()).doesNotHaveDuplicates();
            });
  }

  @Test
  void zsh_loads_what_the_script_needs_first() {
    CommandRun run = CommandRun.of(Map.of(), "completion", "zsh");
    assertThat(run.out()).startsWith("autoload -U +X bashcompinit && bashcompinit\n");
    assertThat(run.out()).contains("complete -F _complete_tasklane");
  }

  @Test
  void another_shell_is_refused_with_those_there_are() {
    CommandRun run = CommandRun.of(Map.of(), "completion", "fish");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("bash", "zsh");
  }

  private static String bash(String... args) throws Exception {
    List<String> words = new ArrayList<>(List.of("bash"));
    words.addAll(List.of(args));
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return out.strip();
  }
}
