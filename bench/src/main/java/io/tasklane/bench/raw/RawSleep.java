package io.tasklane.bench.raw;

import java.time.Duration;

/** How near one thread that only sleeps, again and again, comes to what it was told. */
public final class RawSleep implements RawLimit {
  /** As figures name it. */
  public static final String NAME = "sleep alone";

  private final Duration each;

  /**
   * A measurement that was not made yet.
   *
   * @param each one sleep
   */
  public RawSleep(Duration each) {
    this.each = each;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double perSecond(Duration time) throws InterruptedException {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      Thread.sleep(each.toMillis());
      done++;
    }
    return done * 1e9 / (System.nanoTime() - start);
  }
}
