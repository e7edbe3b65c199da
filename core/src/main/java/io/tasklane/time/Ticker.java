package io.tasklane.time;

import java.time.Duration;

/** Monotonic time, for how long something takes; a stepped clock does not move it. */
@FunctionalInterface
public interface Ticker {
  /** The system's. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some moment. */
  long nanos();

  /** What has passed since {@link #nanos()} gave this. */
  default Duration since(long earlier) {
    return Duration.ofNanos(nanos() - earlier);
  }
}
