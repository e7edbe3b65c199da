package io.tasklane.launcher.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a condition of another process, which can only be asked, never awaited. */
public final class Waiting {
  private static final long PAUSE_MILLIS = 50;

  private Waiting() {}

  /** Asks again until the answer is yes (true) or the bound has passed (false). */
  public static boolean until(BooleanSupplier condition, Duration bound) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0 || !pause(Duration.ofMillis(PAUSE_MILLIS))) {
        return false;
      }
    }
    return true;
  }

  /** Rests; false when the thread was interrupted meanwhile, which stays visible on it. */
  public static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
