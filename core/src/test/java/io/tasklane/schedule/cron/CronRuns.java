package io.tasklane.schedule.cron;

import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Due times as text, for tests to read. */
final class CronRuns {
  private CronRuns() {}

  static DueTimes times(String expression, String zone, DstPolicy policy) {
    return new CronTimes(CronExpression.parse(expression), ZoneId.of(zone), policy);
  }

  static List<String> once(String expression, String zone, String after, String upTo) {
    return between(times(expression, zone, DstPolicy.ONCE), after, upTo);
  }

  static List<String> wallClock(String expression, String zone, String after, String upTo) {
    return between(times(expression, zone, DstPolicy.WALL_CLOCK), after, upTo);
  }

  /** Those after the one instant and up to the other; counts them as well, and compares. */
  static List<String> between(DueTimes times, String after, String upTo) {
    return between(times, Instant.parse(after), Instant.parse(upTo));
  }

  static List<String> between(DueTimes times, Instant after, Instant end) {
    List<String> found = new ArrayList<>();
    Instant at = after;
    while (times.next(at, end).isPresent()) {
      at = times.next(at, end).orElseThrow();
      found.add(at.toString());
    }
    long counted = times.count(after, end);
    if (counted != found.size()) {
      throw new AssertionError("counted " + counted + " but found " + found);
    }
    return found;
  }

  /** The first so many after an instant. */
  static List<String> first(String expression, String zone, String after, int number) {
    DueTimes times = times(expression, zone, DstPolicy.ONCE);
    List<String> found = new ArrayList<>();
    Instant at = Instant.parse(after);
    while (found.size() < number) {
      at = times.next(at).orElseThrow();
      found.add(at.toString());
    }
    return found;
  }
}
