package io.tasklane.schedule;

import io.tasklane.schedule.due.BoundedTimes;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a schedule is due, and how it runs.
 *
 * @param trigger what makes it due
 * @param overlap what becomes of a due time while a run has not ended
 * @param dst what a rule in wall time does when the clocks change
 * @param catchUp due times that nobody looked at in time run if they are not older than this, each
 *     once and in order; older ones are missed, and counted
 * @param jitter the longest delay of a start after its due time; see {@code Jitter}
 * @param start the first instant that may be due
 * @param end the first instant that may not
 */
public record ScheduleRules(
    Trigger trigger,
    OverlapPolicy overlap,
    DstPolicy dst,
    Duration catchUp,
    Duration jitter,
    Optional<Instant> start,
    Optional<Instant> end) {
  /** The catch-up window unless another is asked for. */
  public static final Duration DEFAULT_CATCH_UP = Duration.ofMinutes(5);

  private static final Duration LONGEST_CATCH_UP = Duration.ofDays(366);
  private static final Duration LONGEST_JITTER = Duration.ofDays(1);

  /** Checks the parts. */
  public ScheduleRules {
    check("catchup_window", catchUp, LONGEST_CATCH_UP);
    check("jitter", jitter, LONGEST_JITTER);
    if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
      throw new InvalidScheduleException(
          "end_time", end.get() + " is not allowed: later than start_time " + start.get() + " is");
    }
  }

  /** With the defaults: SKIP, ONCE, five minutes to catch up, no jitter, no start and end. */
  public static ScheduleRules of(Trigger trigger) {
    return new ScheduleRules(
        trigger,
        OverlapPolicy.SKIP,
        DstPolicy.ONCE,
        DEFAULT_CATCH_UP,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another overlap policy. */
  public ScheduleRules withOverlap(OverlapPolicy other) {
    return new ScheduleRules(trigger, other, dst, catchUp, jitter, start, end);
  }

  /** The same with another policy for clock changes. */
  public ScheduleRules withDst(DstPolicy other) {
    return new ScheduleRules(trigger, overlap, other, catchUp, jitter, start, end);
  }

  /** The same with another catch-up window. */
  public ScheduleRules withCatchUp(Duration other) {
    return new ScheduleRules(trigger, overlap, dst, other, jitter, start, end);
  }

  /** The same with another jitter. */
  public ScheduleRules withJitter(Duration other) {
    return new ScheduleRules(trigger, overlap, dst, catchUp, other, start, end);
  }

  /** The same with another start and end. */
  public ScheduleRules within(Optional<Instant> otherStart, Optional<Instant> otherEnd) {
    return new ScheduleRules(trigger, overlap, dst, catchUp, jitter, otherStart, otherEnd);
  }

  /**
   * Its due times, those included that a calendar does not let run.
   *
   * @param anchor the end of the last run, or the creation of the schedule if it has not run yet
   */
  public DueTimes times(Instant anchor) {
    return new BoundedTimes(trigger.times(dst, anchor), start, end);
  }

  /**
   * Refuses rules that are never due after now, naming the field that is why. Asked when a schedule
   * is created, changed or checked; what was stored goes on without it.
   *
   * @throws InvalidScheduleException if there is no due time after now
   */
  public void requireDueAfter(Instant now) {
    if (times(now).next(now).isEmpty()) {
      boolean ended = end.isPresent() && trigger.times(dst, now).next(now).isPresent();
      String field = ended ? "end_time" : trigger instanceof OnceTrigger ? "once_time" : "trigger";
      throw new InvalidScheduleException(
          field, "never due after " + now + ": " + trigger.description());
    }
  }

  private static void check(String field, Duration length, Duration longest) {
    if (length.isNegative() || length.compareTo(longest) > 0) {
      throw new InvalidScheduleException(
          field, length + " is not allowed: zero to " + longest + " are");
    }
  }
}
