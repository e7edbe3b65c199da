package io.tasklane.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations in English: "1 hour 30 minutes". */
public final class DurationWords {
  private DurationWords() {}

  /** A duration that is not negative, in whole milliseconds. */
  public static String of(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    add(parts, duration.toMillisPart(), "millisecond");
    return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
  }

  private static void add(List<String> parts, long number, String unit) {
    if (number > 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }
}
