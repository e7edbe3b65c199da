package io.tasklane.fault;

import java.time.Clock;

/** Ongoing faults of tests. */
public final class Faults {
  private Faults() {}

  /** Those of a node that ends by failing the thread which met a fatal error. */
  public static OngoingFaults here() {
    return new OngoingFaults(Clock.systemUTC(), () -> {});
  }
}
