package io.tasklane.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {
  private final List<String> records = new ArrayList<>();

  @Test
  void each_printed_line_becomes_a_record_and_empty_ones_none() {
    Logger logger = Logger.getAnonymousLogger();
    logger.setUseParentHandlers(false);
    logger.addHandler(new Keeping());
    PrintStream out =
        new PrintStream(new PrintedLines(logger, Level.INFO), true, StandardCharsets.UTF_8);
    out.print("one ");
    out.println("line {0}");
    out.println();
    out.print("Grüße\r\nnot yet ended");
    assertThat(records).containsExactly("INFO one line {0}", "INFO Grüße");
  }

  /** Keeps what is published. */
  private final class Keeping extends Handler {
    @Override
    public void publish(LogRecord record) {
      records.add(record.getLevel() + " " + record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
