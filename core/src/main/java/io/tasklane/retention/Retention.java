package io.tasklane.retention;

import io.tasklane.task.TaskResult;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long ended tasks are kept.
 *
 * @param tasks after their end
 * @param deadLetters after the task failed; a task is kept at least as long as its dead letter
 */
public record Retention(Duration tasks, Duration deadLetters) {
  /**
   * Whether a task is removed.
   *
   * @param state of the task
   * @param end when it ended
   * @param deadLetter when it became a dead letter, if it is one
   * @param needed whether an unfinished task needs it
   * @param now the present
   */
  public boolean removes(
      TaskState state,
      Optional<Instant> end,
      Optional<Instant> deadLetter,
      boolean needed,
      Instant now) {
    return state.isFinal()
        && end.filter(time -> time.isBefore(now.minus(tasks))).isPresent()
        && deadLetter.filter(time -> !time.isBefore(now.minus(deadLetters))).isEmpty()
        && !needed;
  }

  /**
   * Whether a result is removed.
   *
   * @param needed whether an unfinished task needs the task that left it
   */
  public static boolean removesResult(TaskResult result, boolean needed, Instant now) {
    return !result.at(now).equals(result) && !needed;
  }

  /**
   * When the daily clean-up was due last.
   *
   * @param hour of the day, in UTC, 0 to 23
   */
  public static Instant lastDue(int hour, Instant now) {
    ZonedDateTime today = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusHours(hour);
    Instant due = today.toInstant();
    return due.isAfter(now) ? today.minusDays(1).toInstant() : due;
  }
}
