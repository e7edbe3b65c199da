package io.tasklane.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a condition, with a deadline. */
public final class Until {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

  private Until() {}

  /** Returns when it is so; fails after a minute. */
  public static void isTrue(String what, BooleanSupplier condition) {
    long begin = Ticker.SYSTEM.nanos();
    while (!condition.getAsBoolean()) {
      if (Ticker.SYSTEM.since(begin).compareTo(MOST) > 0) {
        throw new AssertionError("not within " + MOST + ": " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
