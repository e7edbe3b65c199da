package io.tasklane.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between attempts, from 50 ms doubling to 2 s, of which up to half is left to chance. */
public final class Backoff {
  private static final double LONGEST = 2_000;
  private int failures;

  /** Begins with the shortest wait. */
  public Backoff() {}

  /** How long to wait before the next attempt. */
  public Duration next() {
    double ceiling = Math.min(LONGEST, 50 * Math.pow(2, failures++));
    return Duration.ofMillis((long) ThreadLocalRandom.current().nextDouble(ceiling / 2, ceiling));
  }

  /** Waits that long. */
  void pause() {
    try {
      Thread.sleep(next().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    }
  }
}
