package io.tasklane.schedule.stored;

import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client wants of a schedule.
 *
 * @param trigger what makes it due
 * @param overlap what becomes of a due time while a run has not ended
 * @param dst what a rule in wall time does when the clocks change
 * @param catchUp how old a due time may be to run still
 * @param jitter the longest delay of a start after its due time
 * @param start the first instant that may be due, in whole microseconds
 * @param end the first instant that may not, in whole microseconds
 * @param action what each run does
 * @param disableOnFailure whether it disables itself when a run fails
 */
public record ScheduleSpec(
    TriggerSpec trigger,
    OverlapPolicy overlap,
    DstPolicy dst,
    Duration catchUp,
    Duration jitter,
    Optional<Instant> start,
    Optional<Instant> end,
    ScheduleAction action,
    boolean disableOnFailure) {
  /** Cuts the times to what the store keeps. */
  public ScheduleSpec {
    start = start.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    end = end.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** With the defaults of {@link ScheduleRules}. */
  public static ScheduleSpec of(TriggerSpec trigger, TaskRequest task) {
    return new ScheduleSpec(
        trigger,
        OverlapPolicy.SKIP,
        DstPolicy.ONCE,
        ScheduleRules.DEFAULT_CATCH_UP,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        new ScheduleAction.Create(task),
        false);
  }

  /** The same with another trigger. */
  public ScheduleSpec withTrigger(TriggerSpec other) {
    return new ScheduleSpec(
        other, overlap, dst, catchUp, jitter, start, end, action, disableOnFailure);
  }

  /** The same with another overlap policy. */
  public ScheduleSpec withOverlap(OverlapPolicy other) {
    return new ScheduleSpec(
        trigger, other, dst, catchUp, jitter, start, end, action, disableOnFailure);
  }

  /** The same with another jitter. */
  public ScheduleSpec withJitter(Duration other) {
    return new ScheduleSpec(
        trigger, overlap, dst, catchUp, other, start, end, action, disableOnFailure);
  }

  /** The same that creates such a task. */
  public ScheduleSpec withTask(TaskRequest task) {
    return withAction(new ScheduleAction.Create(task));
  }

  /** The same that does this. */
  public ScheduleSpec withAction(ScheduleAction other) {
    return new ScheduleSpec(
        trigger, overlap, dst, catchUp, jitter, start, end, other, disableOnFailure);
  }

  /** The same that disables itself when a run fails. */
  public ScheduleSpec disablingOnFailure() {
    return new ScheduleSpec(trigger, overlap, dst, catchUp, jitter, start, end, action, true);
  }

  /**
   * The rules, with the calendar.
   *
   * @param calendars finds a calendar by its name, or refuses
   * @throws io.tasklane.schedule.due.InvalidScheduleException naming the field that is not allowed
   */
  public ScheduleRules rules(Function<String, MarketCalendar> calendars) {
    return new ScheduleRules(trigger.resolve(calendars), overlap, dst, catchUp, jitter, start, end);
  }

  /** Whether something may have to be decided as soon as a run ends. */
  public boolean looksAtEnds() {
    boolean waits = trigger instanceof TriggerSpec.Interval every && every.fromCompletion();
    return waits || disableOnFailure || overlap == OverlapPolicy.BUFFER_ONE;
  }
}
