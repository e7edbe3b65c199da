package io.tasklane.schedule.due;

import java.time.Instant;
import java.util.Optional;

/**
 * One due time only.
 *
 * @param time the due time
 */
public record OnceTime(Instant time) implements DueTimes {
  @Override
  public Optional<Instant> next(Instant after, Instant upTo) {
    return count(after, upTo) == 0 ? Optional.empty() : Optional.of(time);
  }

  @Override
  public long count(Instant after, Instant upTo) {
    return time.isAfter(after) && !time.isAfter(upTo) ? 1 : 0;
  }
}
