package io.tasklane.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The most starts of a queue within a period, wherever that begins: not only within calendar
 * seconds or minutes.
 *
 * @param permits starts, 1 to {@link #MOST_PERMITS}
 * @param period 1 ms to {@link #LONGEST}, in whole milliseconds
 */
public record RateLimit(int permits, Duration period) {
  /** So many starts are kept for each queue. */
  public static final int MOST_PERMITS = 100_000;

  /** The shortest period. */
  public static final Duration SHORTEST = Duration.ofMillis(1);

  /** The longest period. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /** Refuses values out of range. */
  public RateLimit {
    if (permits < 1 || permits > MOST_PERMITS) {
      throw new IllegalArgumentException(
          "rate limit of " + permits + " permits is not allowed: 1 to " + MOST_PERMITS);
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "rate limit within " + period + " is not allowed: " + SHORTEST + " to " + LONGEST);
    }
  }

  /**
   * When the next start is allowed; empty where it is now. A start counts for the whole period,
   * whose end is not part of it.
   *
   * @param starts of the queue, in the order in which they were made; older ones than the last
   *     {@link #permits} do not matter
   */
  public Optional<Instant> opens(List<Instant> starts, Instant now) {
    return starts.size() < permits
        ? Optional.empty()
        : Optional.of(starts.get(starts.size() - permits).plus(period)).filter(now::isBefore);
  }

  /** For people, such as "10 starts within 1 s". */
  @Override
  public String toString() {
    String time =
        period.toMillis() % 1000 == 0 ? period.toSeconds() + " s" : period.toMillis() + " ms";
    return permits + (permits == 1 ? " start within " : " starts within ") + time;
  }
}
