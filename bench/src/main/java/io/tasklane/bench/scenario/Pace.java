package io.tasklane.bench.scenario;

import java.time.Duration;

/**
 * How often something was done, one after another.
 *
 * @param count how often
 * @param seconds in which time
 */
record Pace(long count, double seconds) {
  /** Nothing yet. */
  static final Pace NONE = new Pace(0, 0);

  /** Does it until the time is up; the last one is counted with the time that it takes. */
  static Pace of(Runnable one, Duration time) {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      one.run();
      done++;
    }
    return new Pace(done, (System.nanoTime() - start) / 1e9);
  }

  /** The same, as a rate. */
  static double perSecond(Runnable one, Duration time) {
    return of(one, time).perSecond();
  }

  double perSecond() {
    return count / seconds;
  }

  /** Of both, one after the other. */
  Pace plus(Pace other) {
    return new Pace(count + other.count, seconds + other.seconds);
  }
}
