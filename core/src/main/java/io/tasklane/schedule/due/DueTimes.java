package io.tasklane.schedule.due;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The instants at which a schedule is due, in order and each once. Everything is kept and compared
 * as an instant; wall time is only how a rule is written.
 *
 * <p>No search is without an end, and neither method lists what it counts: an outage of a year
 * costs about as much as one of a minute.
 */
public interface DueTimes {
  /**
   * Longer than the longest gap between two due times of any rule: 400 years, after which dates and
   * weekdays of the Gregorian calendar repeat. What is not found within it never comes.
   */
  Duration HORIZON = Duration.ofDays(146_097);

  /** The first due time later than the one instant and not later than the other. */
  Optional<Instant> next(Instant after, Instant upTo);

  /** How many due times are later than the one instant and not later than the other. */
  long count(Instant after, Instant upTo);

  /** The first instant at which it is not known what is due; empty if that is always known. */
  default Optional<Instant> knownUntil() {
    return Optional.empty();
  }

  /** The first due time after that instant; empty if there is never one again. */
  default Optional<Instant> next(Instant after) {
    return next(after, after.plus(HORIZON));
  }
}
