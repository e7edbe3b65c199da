package io.tasklane.filter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A range of time, from its first moment to just before its end, in whole microseconds, as rows
 * store times.
 *
 * @param from its first moment; empty means no bound
 * @param until the first moment after it; empty means no bound
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> until) {
  /** All of time. */
  public static final TimeRange ALWAYS = new TimeRange(Optional.empty(), Optional.empty());

  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final String ALLOWED =
      "a time of RFC 3339 in double quotes, such as \"2026-11-23T09:30:00Z\"";

  /** Whether it has no bound. */
  public boolean isUnbounded() {
    return from.isEmpty() && until.isEmpty();
  }

  /** Whether this moment is within it. */
  public boolean contains(Instant time) {
    return from.filter(time::isBefore).isEmpty()
        && until.filter(end -> !time.isBefore(end)).isEmpty();
  }

  /**
   * The part of it that satisfies this comparison.
   *
   * @throws FilterException if the operator is another one, the bound is set already, or the value
   *     is no time
   */
  TimeRange narrowedBy(Comparison comparison) {
    Instant time = time(comparison);
    return switch (comparison.operator()) {
      case FROM -> startingAt(ceiling(time), comparison);
      case AFTER -> startingAt(floor(time).plus(TICK), comparison);
      case BEFORE -> endingBefore(ceiling(time), comparison);
      case UNTIL -> endingBefore(floor(time).plus(TICK), comparison);
      case EQUALS, DIFFERS, STARTS_WITH -> throw comparison.takesOnly("<, <=, > and >=");
    };
  }

  private TimeRange startingAt(Instant time, Comparison comparison) {
    if (from.isPresent()) {
      throw comparison.twice();
    }
    return new TimeRange(Optional.of(time), until);
  }

  private TimeRange endingBefore(Instant time, Comparison comparison) {
    if (until.isPresent()) {
      throw comparison.twice();
    }
    return new TimeRange(from, Optional.of(time));
  }

  private static Instant time(Comparison comparison) {
    try {
      Instant time = OffsetDateTime.parse(comparison.value()).toInstant();
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException noTime) {
      // falls through: the message below says everything
    }
    throw comparison.refused(ALLOWED);
  }

  private static Instant floor(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static Instant ceiling(Instant time) {
    Instant floor = floor(time);
    return floor.equals(time) ? floor : floor.plus(TICK);
  }
}
