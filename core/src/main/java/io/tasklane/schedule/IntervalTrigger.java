package io.tasklane.schedule;

import io.tasklane.schedule.due.BoundedTimes;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.IntervalTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Every so often in elapsed time. The due times are those of which the epoch (1970-01-01T00:00Z) is
 * a whole number of intervals away, later by the phase: PT1H with phase PT5M is due five minutes
 * after each full hour UTC, whenever the schedule was created.
 *
 * <p>From completion, it is due an interval after the last run ended, at first an interval after
 * the schedule was created. If that is missed, it is due again after each further interval, so that
 * no outage ends a schedule.
 *
 * @param interval at least a second, in whole milliseconds
 * @param phase from zero to less than the interval; zero if from completion
 * @param fromCompletion whether the interval counts from the end of the last run
 */
public record IntervalTrigger(Duration interval, Duration phase, boolean fromCompletion)
    implements Trigger {
  /** Checks that the parts are allowed and go together. */
  public IntervalTrigger {
    times(interval, Instant.EPOCH);
    if (phase.isNegative()
        || phase.compareTo(interval) >= 0
        || phase.toNanosPart() % 1_000_000 != 0) {
      throw new InvalidScheduleException(
          "interval.phase",
          phase + " is not allowed: whole milliseconds from zero to less than the interval are");
    }
    if (fromCompletion && !phase.isZero()) {
      throw new InvalidScheduleException(
          "interval.phase",
          "is not allowed with from_completion, which counts from each run's end");
    }
  }

  /** Every so often, without a phase. */
  public static IntervalTrigger every(Duration interval) {
    return new IntervalTrigger(interval, Duration.ZERO, false);
  }

  @Override
  public DueTimes times(DstPolicy policy, Instant anchor) {
    if (fromCompletion) {
      // The end of the run is where the interval begins, and is not due itself.
      Instant begin = anchor.plusMillis(1);
      return new BoundedTimes(times(interval, anchor), Optional.of(begin), Optional.empty());
    }
    return times(interval, Instant.EPOCH.plus(phase));
  }

  @Override
  public boolean waitsForTheEnd() {
    return fromCompletion;
  }

  @Override
  public String description() {
    if (fromCompletion) {
      return DurationWords.of(interval) + " after the end of the last run";
    }
    return "every "
        + DurationWords.of(interval)
        + (phase.isZero() ? "" : " with a phase of " + DurationWords.of(phase));
  }

  private static DueTimes times(Duration interval, Instant anchor) {
    return new IntervalTimes(interval, anchor);
  }
}
