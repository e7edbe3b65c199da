package io.tasklane.grpc.stream;

import java.time.Duration;

/** A point in time at which a source is woken; it then sees that {@link #isOver}. */
public final class Deadline {
  private final Runnable wake;
  private final Alarm.Pending pending;
  private volatile boolean over;

  /**
   * A deadline this long from now.
   *
   * @param alarm calls back after a delay
   * @param delay from now
   * @param wake wakes the source
   */
  public Deadline(Alarm alarm, Duration delay, Runnable wake) {
    this.wake = wake;
    this.pending = alarm.after(delay, this::pass);
  }

  /** Whether it has passed. */
  public boolean isOver() {
    return over;
  }

  /** Cancels the deadline: the source has ended before it. */
  public void cancel() {
    pending.cancel();
  }

  private void pass() {
    over = true;
    wake.run();
  }
}
