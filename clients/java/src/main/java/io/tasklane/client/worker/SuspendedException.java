package io.tasklane.client.worker;

import java.time.Duration;

/** The run gives its slot back until a step is due. Let it pass. */
public final class SuspendedException extends RuntimeException {
  private final String step;
  private final Duration rest;

  SuspendedException(String step, Duration rest) {
    super(step);
    this.step = step;
    this.rest = rest;
  }

  String step() {
    return step;
  }

  Duration rest() {
    return rest;
  }
}
