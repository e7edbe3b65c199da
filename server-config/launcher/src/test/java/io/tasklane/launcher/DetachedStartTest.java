package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedStartTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  private int run(String script) throws Exception {
    List<String> command = List.of("sh", "-c", script);
    return new DetachedStart(command, folder.resolve("launcher.log"))
        .run(new PrintWriter(out, true), new PrintWriter(error, true));
  }

  @Test
  void it_returns_with_the_ready_line_and_leaves_the_server_running() throws Exception {
    Files.writeString(folder.resolve("launcher.log"), "tasklane ready of an earlier start\n");

    int code =
        run(
            "echo $$ > pid; echo 'tasklane: node-1: \u00e4'; echo 'tasklane ready grpc=x'; exec sleep 60"
                .replace("> pid", "> " + folder.resolve("pid")));

    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
            .orElseThrow();
    try {
      assertThat(code).isZero();
      assertThat(out.toString()).isEqualTo("tasklane ready grpc=x" + System.lineSeparator());
      assertThat(error.toString()).isEqualTo("tasklane: node-1: \u00e4" + System.lineSeparator());
      assertThat(server.isAlive()).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void a_server_that_ends_ends_it_with_its_words_and_its_exit_code() throws Exception {
    assertThat(run("echo 'tasklane: the port is taken'; exit 3")).isEqualTo(3);
    assertThat(out.toString()).isEmpty();
    assertThat(error.toString()).contains("tasklane: the port is taken");
  }

  @Test
  void one_that_ends_before_it_was_ready_is_no_success_whatever_its_exit_code() throws Exception {
    assertThat(run("exit 0")).isEqualTo(1);
  }

  @Test
  void it_goes_on_with_a_log_that_is_cut_meanwhile() throws Exception {
    Path told = folder.resolve("told");
    PrintWriter telling =
        new PrintWriter(error, true) {
          @Override
          public void println(String line) {
            super.println(line);
            try {
              Files.createFile(told);
            } catch (IOException broken) {
              throw new UncheckedIOException(broken);
            }
          }
        };
    List<String> command =
        List.of(
            "sh",
            "-c",
            "cd "
                + folder
                + "; echo 'longer than what comes after the cut'; until [ -e told ]; do sleep 0.05;"
                + " done; : > launcher.log; echo 'tasklane ready grpc=x'");

    int code =
        new DetachedStart(command, folder.resolve("launcher.log"))
            .run(new PrintWriter(out, true), telling);

    assertThat(code).isZero();
    assertThat(out.toString()).isEqualTo("tasklane ready grpc=x" + System.lineSeparator());
  }

  @Test
  void the_other_launcher_never_starts_one_in_its_turn() throws Exception {
    DataFolder data = new DataFolder(folder.resolve("data"));

    for (String option : List.of("--detach", "--detach=true")) {
      List<String> words = List.of("start", option, "--node", "node-7");
      assertThat(DetachedStart.of(data, words).command())
          .endsWith("start", "--node", "node-7")
          .doesNotContain(option);
    }
  }

  @Test
  void the_option_takes_no_value() {
    // Ports that are refused as well, so that nothing is started whatever is understood.
    assertThat(CommandRun.refusal("--detach=true", "--grpc-port=1", "--http-port=1"))
        .contains("'--detach'", "without");
  }

  @Test
  void the_other_launcher_gets_the_same_options() throws Exception {
    DataFolder data = new DataFolder(folder.resolve("data"));
    data.create();
    try (FolderLock held = FolderLock.take(data)) {
      CommandRun refused = CommandRun.of("start", "--detach", "--data", data.toString());

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.started()).isEmpty();
      assertThat(refused.error())
          .contains("the data folder " + data + " is in use")
          .contains("pid " + ProcessHandle.current().pid());
    }
  }
}
