package io.tasklane.launcher.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes log records of what a program prints, a record for each line. */
public final class PrintedLines extends OutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Logger logger;
  private final Level level;

  PrintedLines(Logger logger, Level level) {
    this.logger = logger;
    this.level = level;
  }

  /** Leads {@code System.out} and {@code System.err} into the log. */
  public static void install() {
    System.setOut(stream("stdout", Level.INFO));
    System.setErr(stream("stderr", Level.WARNING));
  }

  private static PrintStream stream(String name, Level level) {
    PrintedLines lines = new PrintedLines(Logger.getLogger(name), level);
    return new PrintStream(lines, true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.reset();
      if (!text.isEmpty()) {
        logger.log(level, text);
      }
    } else {
      line.write(b);
    }
  }
}
