package io.tasklane.launcher.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Formats a log record as one JSON object on one line: {@code time} in UTC, {@code level}, {@code
 * logger}, {@code thread}, {@code message}, {@code exception} with its whole trace where there is
 * one, and the ids of what the thread works on: {@code task}, {@code queue}, {@code attempt},
 * {@code trace_id}.
 *
 * <p>The application, whose classes cannot be seen from here, hands in where the ids come from; it
 * finds this formatter as a {@code Consumer}.
 */
public final class JsonLines extends Formatter implements Consumer<Supplier<Map<String, String>>> {
  private static volatile Supplier<Map<String, String>> ids = Map::of;

  /** For the log's configuration, which names this class. */
  public JsonLines() {}

  /**
   * Takes the source of the ids of the calling thread, for all formatters of the process.
   *
   * @param source null: there is none any more
   */
  @Override
  public void accept(Supplier<Map<String, String>> source) {
    take(source == null ? Map::of : source);
  }

  private static void take(Supplier<Map<String, String>> source) {
    ids = source;
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder("{");
    add(line, "time", record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
    add(line, "level", record.getLevel().getName());
    add(line, "logger", String.valueOf(record.getLoggerName()));
    add(line, "thread", Thread.currentThread().getName());
    add(line, "message", String.valueOf(formatMessage(record)));
    new TreeMap<>(ids.get()).forEach((name, value) -> add(line, name, value));
    if (record.getThrown() != null) {
      add(line, "exception", trace(record.getThrown()));
    }
    return line.append("}\n").toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append(JsonText.quoted(name)).append(':').append(JsonText.quoted(value));
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
