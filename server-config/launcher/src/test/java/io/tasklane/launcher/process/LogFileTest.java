package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.log.JsonLines;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  @TempDir Path folder;

  @Test
  void the_logs_of_the_last_three_starts_are_kept_beside_the_current_one() throws Exception {
    LogFile log = new LogFile(folder.resolve("broker.log"));
    for (int start = 1; start <= 5; start++) {
      log.rotate();
      Files.writeString(log.path(), "start " + start);
    }

    assertThat(log.path()).hasContent("start 5");
    assertThat(folder.resolve("broker.log.1")).hasContent("start 4");
    assertThat(folder.resolve("broker.log.3")).hasContent("start 2");
    assertThat(folder.resolve("broker.log.4")).doesNotExist();
  }

  @Test
  void a_log_that_has_reached_its_size_goes_on_in_a_new_file() throws Exception {
    LogFile log = limited(2);
    Process writer =
        new ProcessBuilder("sh", "-c", "for i in 1 2 3 4; do read go; echo line$i; done")
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
            .start();
    try (Writer go = writer.outputWriter()) {
      for (int line = 1; line <= 4; line++) {
        go.write("go\n");
        go.flush();
        assertThat(Waiting.until(() -> log.path().toFile().length() == 6, BOUND)).isTrue();
        if (line < 4) {
          log.cut();
        }
      }
    }

    assertThat(log.path()).hasContent("line4");
    assertThat(folder.resolve("broker.log.1")).hasContent("line3");
    assertThat(folder.resolve("broker.log.2")).hasContent("line2");
    assertThat(folder.resolve("broker.log.3")).doesNotExist();
  }

  @Test
  void a_log_under_its_size_stays_as_it_is_and_none_need_be_kept() throws Exception {
    Files.writeString(folder.resolve("broker.log"), "line");
    limited(0).cut();
    assertThat(folder.resolve("broker.log")).hasContent("line");

    Files.writeString(folder.resolve("broker.log"), "longer line");
    limited(0).cut();
    assertThat(folder.resolve("broker.log")).isEmptyFile();
    assertThat(folder.resolve("broker.log.1")).doesNotExist();
  }

  private LogFile limited(int older) {
    Path path = folder.resolve("broker.log");
    return new LogFile(path, path, new LogLimits(5, older));
  }

  @Test
  void its_last_words_are_the_innermost_cause_and_the_end() throws Exception {
    LogFile log = new LogFile(folder.resolve("node-1.log"));
    assertThat(log.lastWords()).isEmpty();

    Files.writeString(
        log.path(),
        """
        SEVERE it failed
        Caused by: outer
        \tat some.Place
        Caused by: inner
        \tat other.Place
        \t... 12 more
        a
        b

        c
        """);

    assertThat(log.lastWords()).isEqualTo("\n    Caused by: inner\n    a\n    b\n    c");
  }

  @Test
  void lines_of_json_are_told_as_what_they_say() throws Exception {
    LogFile log = new LogFile(folder.resolve("node-1.log"));
    LogRecord record = new LogRecord(Level.SEVERE, "it failed");
    record.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
    Files.writeString(
        log.path(),
        new JsonLines().format(record) + new JsonLines().format(new LogRecord(Level.INFO, "end")));

    assertThat(log.lastWords())
        .isEqualTo(
            "\n    Caused by: java.lang.IllegalArgumentException: inner"
                + "\n    java.lang.IllegalStateException: outer\n    end");
  }
}
