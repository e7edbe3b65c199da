package io.tasklane.bench.scenario;

import java.time.Duration;

/** How often something can be done, one after another. */
final class Pace {
  private Pace() {}

  /** Does it until the time is up; the last one is counted with the time that it takes. */
  static double perSecond(Runnable one, Duration time) {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      one.run();
      done++;
    }
    return done * 1e9 / (System.nanoTime() - start);
  }
}
