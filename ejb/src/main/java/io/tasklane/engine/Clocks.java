package io.tasklane.engine;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The one place where the system's time and chance enter the application. */
final class Clocks {
  private Clocks() {}

  static Clock time() {
    return Clock.systemUTC();
  }

  /** Safe for many threads: each draws from its own. */
  static RandomGenerator chance() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
