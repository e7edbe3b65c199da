package io.tasklane.schedule.firing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Delays the start of a firing, so that schedules of the same minute do not all start at once. The
 * delay only depends on the firing's key, so every node comes to the same, and asking twice changes
 * nothing. All that is decided about a firing goes by its scheduled time.
 */
final class Jitter {
  private static final double UNIT = 0x1.0p-53;

  private Jitter() {}

  /**
   * When a firing starts: from its scheduled time on, evenly over the jitter. It stays before the
   * next due time, however long the jitter is, so that number and order of firings are the same
   * with and without.
   *
   * @param jitter the longest delay
   * @param next the next due time; far away if there is none
   */
  static Instant startOf(FiringKey key, Duration jitter, Instant next) {
    Duration gap = Duration.between(key.scheduledTime(), next);
    Duration longest = jitter.compareTo(gap) < 0 ? jitter : gap;
    long millis = (long) (fraction(key) * longest.toMillis());
    return key.scheduledTime().plusMillis(millis);
  }

  /** From 0 to less than 1. */
  private static double fraction(FiringKey key) {
    long hash = 1_125_899_906_842_597L;
    for (byte part : key.text().getBytes(StandardCharsets.UTF_8)) {
      hash = 31 * hash + part;
    }
    return (mix(hash) >>> 11) * UNIT;
  }

  /** Spreads all bits; the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
