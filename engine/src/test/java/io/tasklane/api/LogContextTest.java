package io.tasklane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogContextTest {
  @Test
  void ids_add_up_inside_and_are_as_before_outside() {
    try (LogContext.Scope call = LogContext.with(Map.of("trace_id", "t", "task", "a"))) {
      try (LogContext.Scope run = LogContext.with(Map.of("task", "b"))) {
        assertThat(LogContext.ids()).isEqualTo(Map.of("trace_id", "t", "task", "b"));
      }
      assertThat(LogContext.ids()).isEqualTo(Map.of("trace_id", "t", "task", "a"));
    }
    assertThat(LogContext.ids()).isEmpty();
  }

  @Test
  void another_thread_has_ids_of_its_own() throws InterruptedException {
    try (LogContext.Scope mine = LogContext.with(Map.of("task", "a"))) {
      Thread other = new Thread(() -> assertThat(LogContext.ids()).isEmpty());
      StringBuilder fault = new StringBuilder();
      other.setUncaughtExceptionHandler((thread, thrown) -> fault.append(thrown));
      other.start();
      other.join();
      assertThat(fault).isEmpty();
    }
  }

  @Test
  void a_formatter_that_takes_ids_gets_them_and_gives_them_back() {
    ConsoleHandler handler = new ConsoleHandler();
    Taking taking = new Taking();
    handler.setFormatter(taking);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      LogContext.offer();
      try (LogContext.Scope mine = LogContext.with(Map.of("task", "a"))) {
        assertThat(taking.source.get()).isEqualTo(Map.of("task", "a"));
      }
      LogContext.withdraw();
      assertThat(taking.source).isNull();
    } finally {
      root.removeHandler(handler);
    }
  }

  /** As a server's formatter would be. */
  private static final class Taking extends Formatter
      implements Consumer<Supplier<Map<String, String>>> {
    private Supplier<Map<String, String>> source;

    @Override
    public void accept(Supplier<Map<String, String>> ids) {
      source = ids;
    }

    @Override
    public String format(LogRecord record) {
      return "";
    }
  }
}
