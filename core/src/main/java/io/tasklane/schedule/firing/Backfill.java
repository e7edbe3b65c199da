package io.tasklane.schedule.firing;

import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The only way to ask for the past: the firings of a stretch of time under the present rules. Their
 * keys are those that the schedule itself would use, so that what has run does not run again. It
 * changes neither the counts nor the progress of the schedule.
 */
public final class Backfill {
  /** The most due times of one backfill. */
  public static final int MOST = 1_000;

  private Backfill() {}

  /**
   * The firings of a stretch, in order, without what the calendar keeps from running and without
   * jitter.
   *
   * @param start the first instant of it
   * @param end the first instant after it
   * @throws InvalidScheduleException if more than {@link #MOST} are due in it, it ends before it
   *     begins, or the schedule counts from completions, of which there are none in the past
   * @throws io.tasklane.schedule.calendar.CalendarRangeException if it is outside the calendar
   */
  public static List<Firing> between(
      String schedule, ScheduleRules rules, Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw new InvalidScheduleException(
          "end_time", end + " is not allowed: later than start_time " + start + " is");
    }
    if (rules.trigger().waitsForTheEnd()) {
      throw new InvalidScheduleException(
          "name", "cannot be backfilled: it is due after the end of each run");
    }
    DueTimes times = rules.times(start);
    Instant last = end.minusNanos(1);
    long due = times.count(start.minusNanos(1), last);
    if (due > MOST) {
      throw new InvalidScheduleException(
          "end_time",
          due + " due times are too many for one backfill; at most " + MOST + " are allowed");
    }
    List<Firing> firings = new ArrayList<>();
    Optional<Instant> next = times.next(start.minusNanos(1), last);
    while (next.isPresent()) {
      Instant at = next.get();
      if (rules.trigger().closings().reason(at).isEmpty()) {
        firings.add(new Firing(new FiringKey(schedule, at), at, false));
      }
      next = times.next(at, last);
    }
    return firings;
  }
}
