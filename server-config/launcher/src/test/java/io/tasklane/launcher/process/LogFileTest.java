package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.log.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
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
