package io.tasklane.bench.faults.handler;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What a task's handler is to do, as its input says it: lines of "name=value".
 *
 * @param harnessPort where the harness listens on the loopback interface
 * @param lane what the fencing token holds for: the queue where that runs one task at a time, and
 *     else the task
 * @param workMillis how long a run takes
 * @param failures attempts that fail for now before one does not
 * @param permanent whether that one fails for good
 * @param heeds whether a run ends when somebody asks to cancel it
 * @param error what the failures throw, by its simple name; empty for a failure
 * @param kills runs that kill their node before one does not
 */
public record Order(
    int harnessPort,
    String lane,
    int workMillis,
    int failures,
    boolean permanent,
    boolean heeds,
    String error,
    int kills) {
  /** The content type of the input. */
  public static final String CONTENT_TYPE = "text/x-java-properties";

  /** The name of the task type. */
  public static final String TASK_TYPE = "faults.work";

  /** As an input says it. */
  public String text() {
    String lines =
        "harness=%d%nlane=%s%nwork=%d%nfailures=%d%npermanent=%b%nheeds=%b%nerror=%s%nkills=%d%n";
    return lines.formatted(harnessPort, lane, workMillis, failures, permanent, heeds, error, kills);
  }

  /** Reads what {@link #text()} wrote. */
  public static Order read(String text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Order(
        Integer.parseInt(lines.getProperty("harness")),
        lines.getProperty("lane"),
        Integer.parseInt(lines.getProperty("work")),
        Integer.parseInt(lines.getProperty("failures")),
        Boolean.parseBoolean(lines.getProperty("permanent")),
        Boolean.parseBoolean(lines.getProperty("heeds")),
        lines.getProperty("error"),
        Integer.parseInt(lines.getProperty("kills")));
  }
}
