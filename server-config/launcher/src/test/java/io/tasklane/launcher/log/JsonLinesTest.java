package io.tasklane.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final JsonLines lines = new JsonLines();

  @AfterEach
  void forgetIds() {
    lines.accept(null);
  }

  @Test
  void a_record_is_one_object_on_one_line() {
    LogRecord record = new LogRecord(Level.INFO, "hello");
    record.setLoggerName("io.tasklane.Test");
    record.setInstant(Instant.parse("2026-01-05T14:30:00.123456Z"));
    assertThat(lines.format(record))
        .isEqualTo(
            "{\"time\":\"2026-01-05T14:30:00.123Z\",\"level\":\"INFO\",\"logger\":"
                + "\"io.tasklane.Test\",\"thread\":\""
                + Thread.currentThread().getName()
                + "\",\"message\":\"hello\"}\n");
  }

  @Test
  void what_would_break_the_line_or_the_object_is_escaped_and_reads_back_as_it_was() {
    String nasty =
        "a \"quote\", a \\ , {\"level\":\"FAKE\"}\r\n\ttab\u0000\u0007\u2028\u2029\u0085 ü 🚀";
    String line = lines.format(new LogRecord(Level.INFO, nasty));
    assertThat(line).matches("\\{[^\\n\\r\\u2028\\u2029\\u0085\\x00-\\x1f]*}\n");
    assertThat(JsonText.field(line, "message")).contains(nasty);
    assertThat(JsonText.field(line, "level")).contains("INFO");
  }

  @Test
  void half_a_character_does_not_spoil_the_file() {
    assertThat(JsonText.quoted("\ud83d")).isEqualTo("\"\\ud83d\"");
    assertThat(JsonText.quoted("\ude80x")).isEqualTo("\"\\ude80x\"");
    assertThat(JsonText.quoted("🚀")).isEqualTo("\"🚀\"");
  }

  @Test
  void an_exception_stands_whole_in_its_own_field_with_its_causes() {
    LogRecord record = new LogRecord(Level.SEVERE, "it broke");
    record.setThrown(new IllegalStateException("outer", new RuntimeException("line\nbreak")));
    String line = lines.format(record);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(JsonText.field(line, "exception").orElseThrow())
        .startsWith("java.lang.IllegalStateException: outer")
        .contains("Caused by: java.lang.RuntimeException: line\nbreak", "\tat ");
  }

  @Test
  void the_ids_of_the_thread_stand_in_the_record() {
    lines.accept(() -> Map.of("task", "tasks/x", "queue", "queues/Q", "attempt", "2"));
    String line = new JsonLines().format(new LogRecord(Level.INFO, "m"));
    assertThat(line).contains("\"attempt\":\"2\",\"queue\":\"queues/Q\",\"task\":\"tasks/x\"");
    lines.accept(null);
    assertThat(lines.format(new LogRecord(Level.INFO, "m"))).doesNotContain("attempt");
  }

  @Test
  void parameters_are_put_into_the_message() {
    LogRecord record = new LogRecord(Level.INFO, "{0} of {1}");
    record.setParameters(new Object[] {1, "two"});
    assertThat(JsonText.field(lines.format(record), "message")).contains("1 of two");
  }

  @Test
  void a_record_without_message_or_logger_is_still_an_object() {
    assertThat(lines.format(new LogRecord(Level.INFO, null)))
        .contains("\"logger\":\"null\"", "\"message\":\"null\"");
  }
}
