package io.tasklane.grpc.stream;

import java.time.Duration;

/** A point in time at which a feed is woken, and has to notice that it has passed. */
public final class Deadline {
  private final Runnable wake;
  private final Alarm.Pending pending;
  private volatile boolean over;

  /**
   * Counts from now.
   *
   * @param alarm goes off once
   * @param delay from now
   * @param wake the feed's own
   */
  public Deadline(Alarm alarm, Duration delay, Runnable wake) {
    this.wake = wake;
    this.pending = alarm.after(delay, this::pass);
  }

  /** Whether it has passed. */
  public boolean isOver() {
    return over;
  }

  /** The feed has ended before it. */
  public void cancel() {
    pending.cancel();
  }

  private void pass() {
    over = true;
    wake.run();
  }
}
