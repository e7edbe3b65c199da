package io.tasklane.bench.scenario;

import java.time.Duration;

/**
 * How often something was done by one client, one call after another.
 *
 * @param count how often
 * @param seconds in which time
 */
public record Pace(long count, double seconds) {
  /** Nothing yet. */
  static final Pace NONE = new Pace(0, 0);

  /** Repeats a call until the time is up; the last call counts with the time that it takes. */
  public static Pace of(Runnable one, Duration time) {
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

  /** The rate, per second. */
  public double perSecond() {
    return count / seconds;
  }

  /** Both, as if one had followed the other. */
  public Pace plus(Pace other) {
    return new Pace(count + other.count, seconds + other.seconds);
  }
}
