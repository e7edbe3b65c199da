package io.tasklane.bench.raw;

import java.time.Duration;

/** Does something again and again, and tells how often a second it could be done. */
final class Rounds {
  private Rounds() {}

  /** Does it, knowing how many were done before, and says how many it did. */
  @FunctionalInterface
  interface Round<E extends Exception> {
    long run(long done) throws E;
  }

  /**
   * Measures it; what is in flight when the time is up counts, with the time that it takes.
   *
   * @param time about how long
   * @param pause between two rounds, which does not count: a machine that is wakened for each is
   *     slower than a busy one
   * @return how many a second of the time that the rounds took
   */
  static <E extends Exception> double perSecond(Duration time, Duration pause, Round<E> round)
      throws E, InterruptedException {
    long start = System.nanoTime();
    long paused = 0;
    long done = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      done += round.run(done);
      if (!pause.isZero()) {
        long begin = System.nanoTime();
        Thread.sleep(pause.toMillis());
        paused += System.nanoTime() - begin;
      }
    }
    return done * 1e9 / (System.nanoTime() - start - paused);
  }
}
