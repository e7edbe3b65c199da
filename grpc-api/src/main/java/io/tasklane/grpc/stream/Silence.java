package io.tasklane.grpc.stream;

import java.time.Duration;

/**
 * Sees to it that a stream never keeps silent for 15 s: it wakes the feed when a sign of life is
 * due. It looks every 7 s whether something was sent since it looked last, so that a busy stream
 * costs no alarm for each of its messages.
 */
public final class Silence {
  private static final Duration LOOK = Duration.ofSeconds(7);

  private final Alarm alarm;
  private final Runnable wake;
  private volatile Alarm.Pending pending;
  private volatile boolean sent = true;
  private volatile boolean due;
  private volatile boolean ended;

  /**
   * Begins to look.
   *
   * @param alarm goes off again and again
   * @param wake the feed's own
   */
  public Silence(Alarm alarm, Runnable wake) {
    this.alarm = alarm;
    this.wake = wake;
    this.pending = alarm.after(LOOK, this::look);
  }

  /** Something is being sent. */
  public void broken() {
    sent = true;
    due = false;
  }

  /** Whether a sign of life has to be sent. */
  public boolean isTooLong() {
    return due;
  }

  /** The stream has ended. */
  public void end() {
    ended = true;
    pending.cancel();
  }

  private void look() {
    if (ended) {
      return;
    }
    pending = alarm.after(LOOK, this::look);
    if (sent) {
      sent = false;
    } else {
      due = true;
      wake.run();
    }
  }
}
