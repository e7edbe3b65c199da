package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;

/** Checks the time limits of a task, each against its range. */
final class TimeoutChecks {
  private static final String FIELD = "task.timeouts.";

  private TimeoutChecks() {}

  /**
   * Checks these limits.
   *
   * @return the same limits
   * @throws Refusal INVALID_FIELD
   */
  static Timeouts check(Timeouts timeouts) {
    Duration attempt = timeouts.attempt();
    require(
        !attempt.isZero() && isWithin(attempt, Duration.ZERO, Timeouts.LONGEST_ATTEMPT),
        "attempt_timeout",
        attempt,
        "more than zero, at most " + Timeouts.LONGEST_ATTEMPT);
    timeouts.queue().ifPresent(limit -> checkLimit("queue_timeout", limit));
    timeouts.total().ifPresent(limit -> checkLimit("total_timeout", limit));
    require(
        isWithin(timeouts.cancelGrace(), Duration.ZERO, Timeouts.LONGEST_ATTEMPT),
        "cancel_grace",
        timeouts.cancelGrace(),
        "zero to " + Timeouts.LONGEST_ATTEMPT);
    return timeouts;
  }

  private static void checkLimit(String field, Duration limit) {
    require(
        isWithin(limit, Timeouts.SHORTEST, Timeouts.LONGEST),
        field,
        limit,
        "zero for none, or " + Timeouts.SHORTEST + " to " + Timeouts.LONGEST);
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean ok, String field, Duration value, String allowed) {
    if (!ok) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          FIELD + field,
          FIELD + field + " " + value + " is not allowed: " + allowed);
    }
  }
}
