package io.tasklane.schedule.due;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Every so often, in elapsed time: a change of the clocks does not move them.
 *
 * @param interval between two due times, at least a second, in whole milliseconds
 * @param anchor a due time, from which the others are counted both ways
 */
public record IntervalTimes(Duration interval, Instant anchor) implements DueTimes {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3_660);

  /** Checks the interval. */
  public IntervalTimes {
    if (interval.compareTo(SHORTEST) < 0
        || interval.compareTo(LONGEST) > 0
        || interval.toNanosPart() % 1_000_000 != 0) {
      throw new InvalidScheduleException(
          "interval.interval",
          interval + " is not allowed: whole milliseconds from PT1S to 10 years are");
    }
    anchor = Instant.ofEpochMilli(anchor.toEpochMilli());
  }

  @Override
  public Optional<Instant> next(Instant after, Instant upTo) {
    Instant due = at(steps(after) + 1);
    return due.isAfter(upTo) ? Optional.empty() : Optional.of(due);
  }

  @Override
  public long count(Instant after, Instant upTo) {
    return Math.max(0, steps(upTo) - steps(after));
  }

  /** Number, counted from the anchor, of the last due time that is not later than the instant. */
  private long steps(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli() - anchor.toEpochMilli(), interval.toMillis());
  }

  private Instant at(long step) {
    return Instant.ofEpochMilli(anchor.toEpochMilli() + step * interval.toMillis());
  }
}
