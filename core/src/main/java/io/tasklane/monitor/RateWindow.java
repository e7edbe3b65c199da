package io.tasklane.monitor;

import java.time.Duration;
import java.time.Instant;

/** Counts occurrences by the second, for the last hour. Not thread-safe. */
final class RateWindow {
  private static final int SECONDS = 3600;
  private final int[] counts = new int[SECONDS];
  private final long[] seconds = new long[SECONDS];

  void add(Instant at) {
    long second = at.getEpochSecond();
    int slot = Math.floorMod(second, SECONDS);
    if (seconds[slot] != second) {
      if (seconds[slot] > second) {
        return; // more than an hour late
      }
      seconds[slot] = second;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  /** Occurrences per second over the whole seconds of the window before now. */
  double perSecond(Instant now, Duration window) {
    long length = Math.max(1, Math.min(SECONDS - 1, window.toSeconds()));
    long end = now.getEpochSecond();
    long sum = 0;
    for (long second = end - length; second < end; second++) {
      int slot = Math.floorMod(second, SECONDS);
      sum += seconds[slot] == second ? counts[slot] : 0;
    }
    return (double) sum / length;
  }
}
