package io.tasklane.schedule.due;

import java.time.Instant;
import java.util.Optional;

/**
 * The due times of a rule that are neither before its start nor at or after its end.
 *
 * @param times of the rule
 * @param start the first instant that may be due
 * @param end the first instant that may not
 */
public record BoundedTimes(DueTimes times, Optional<Instant> start, Optional<Instant> end)
    implements DueTimes {
  @Override
  public Optional<Instant> next(Instant after, Instant upTo) {
    Instant from = from(after);
    Instant to = to(upTo);
    return from.isBefore(to) ? times.next(from, to) : Optional.empty();
  }

  @Override
  public long count(Instant after, Instant upTo) {
    Instant from = from(after);
    Instant to = to(upTo);
    return from.isBefore(to) ? times.count(from, to) : 0;
  }

  @Override
  public Optional<Instant> knownUntil() {
    return times.knownUntil();
  }

  private Instant from(Instant after) {
    return start
        .map(first -> first.minusNanos(1))
        .filter(first -> first.isAfter(after))
        .orElse(after);
  }

  private Instant to(Instant upTo) {
    return end.map(first -> first.minusNanos(1)).filter(last -> last.isBefore(upTo)).orElse(upTo);
  }
}
