package io.tasklane.time;

import java.time.Duration;

/** Monotonic time for measuring durations; stepping the clock does not affect it. */
@FunctionalInterface
public interface Ticker {
  /** The system's ticker. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some fixed moment. */
  long nanos();

  /** The time since {@link #nanos()} returned this. */
  default Duration since(long earlier) {
    return Duration.ofNanos(nanos() - earlier);
  }
}
