package io.tasklane.grpc.stream;

import java.time.Duration;

/**
 * Ensures that a stream is never silent for 15 s: wakes the source when a heartbeat is due. It
 * checks every 7 s whether anything was sent since the last check, so that a busy stream costs no
 * alarm for each of its messages.
 */
public final class Heartbeat {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(7);

  private final Alarm alarm;
  private final Runnable wake;
  private volatile Alarm.Pending pending;
  private volatile boolean active = true;
  private volatile boolean due;
  private volatile boolean ended;

  /**
   * Starts to check.
   *
   * @param alarm calls back after a delay
   * @param wake wakes the source
   */
  public Heartbeat(Alarm alarm, Runnable wake) {
    this.alarm = alarm;
    this.wake = wake;
    this.pending = alarm.after(CHECK_INTERVAL, this::check);
  }

  /** A message is being sent. */
  public void sent() {
    active = true;
    due = false;
  }

  /** Whether a heartbeat has to be sent. */
  public boolean isDue() {
    return due;
  }

  /** The stream has ended. */
  public void end() {
    ended = true;
    pending.cancel();
  }

  private void check() {
    if (ended) {
      return;
    }
    pending = alarm.after(CHECK_INTERVAL, this::check);
    if (active) {
      active = false;
    } else {
      due = true;
      wake.run();
    }
  }
}
