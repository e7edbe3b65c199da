package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void help_lists_the_verbs(String word) {
    CommandRun run = CommandRun.of(word);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("tasklane server", "start", "status", "stop", "2   usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void help_for_a_start_lists_its_options_with_their_defaults_and_starts_nothing(String word) {
    CommandRun run = CommandRun.of("start", "--grpc-port=0", word);

    assertThat(run.code()).isZero();
    assertThat(run.started()).isEmpty();
    assertThat(run.out())
        .contains("--data=DIR", "--grpc-port=N", "--http-port=N", "--jms-port=N")
        .contains("--database-port=N", "--trading-data=FOLDER", "--as-of=DATE", "--node=NAME")
        .contains("--heap=SIZE", "--java-options=FLAGS", "--log-folder=DIR", "--log-size=SIZE")
        .contains("--log-files=N", "--grace=SECONDS", "--detach", "TASKLANE_JAVA_OPTIONS")
        .contains("--no-node", "--restarts=N", "--handlers=FILE.jar[,FILE.jar]")
        .contains("--database-url=URL", "--database-user=NAME", "--database-password-file=FILE")
        .contains("--broker-url=URL", "TASKLANE_DATABASE_PASSWORD", "./tasklane-data")
        .contains("9090", "8080", "61616", "node-1", "Default: 5.", "Default: tasklane.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stop"})
  void help_for_the_other_verbs_names_the_data_folder(String verb) {
    CommandRun run = CommandRun.of(verb, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("--data=DIR", "./tasklane-data", "Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "restart", "--data=x"})
  void without_a_verb_it_knows_nothing_is_done(String word) {
    CommandRun run = CommandRun.of(word.isEmpty() ? new String[0] : new String[] {word});

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error()).startsWith("tasklane: ").contains("tasklane server --help");
  }

  @Test
  void status_and_stop_say_that_nothing_runs_by_their_exit_codes() {
    assertThat(CommandRun.of("status", "--data", folder.toString()).code()).isEqualTo(1);
    assertThat(CommandRun.of("stop", "--data", folder.toString()).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "stop"})
  void the_other_verbs_take_the_data_folder_alone(String verb) {
    assertThat(CommandRun.of(verb, "--node=a").code()).isEqualTo(2);
    assertThat(CommandRun.of(verb, "--data=").error()).contains("--data", "give a folder");
  }

  @Test
  void a_start_that_fails_ends_with_its_reason_alone() {
    CommandRun refused =
        CommandRun.of(
            options -> {
              throw new CannotStart("the port is taken");
            },
            "start");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.error()).isEqualTo("tasklane: the port is taken" + System.lineSeparator());

    CommandRun failed =
        CommandRun.of(
            options -> {
              throw new IOException("disk full");
            },
            "start");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.error()).contains("tasklane: java.io.IOException: disk full");
  }

  @Test
  void the_exit_code_of_the_server_is_the_command_s_own() {
    assertThat(CommandRun.of(options -> 7, "start").code()).isEqualTo(7);
  }
}
