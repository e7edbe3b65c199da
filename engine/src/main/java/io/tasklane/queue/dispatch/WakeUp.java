package io.tasklane.queue.dispatch;

import java.time.Duration;

/** Wakes one waiting thread; a wake-up that comes before the wait is not lost. */
final class WakeUp {
  private boolean rung;

  synchronized void wake() {
    rung = true;
    notifyAll();
  }

  /** Whether it was woken since it last waited. */
  synchronized boolean isRung() {
    return rung;
  }

  /** Forgets that it was woken. */
  synchronized void clear() {
    rung = false;
  }

  /** Waits like {@link #await}, and does not forget that it was woken. */
  synchronized void rest(Duration atMost) throws InterruptedException {
    if (!rung) {
      wait(atMost.toMillis());
    }
  }

  synchronized void await(Duration atMost) throws InterruptedException {
    if (!rung) {
      wait(atMost.toMillis());
    }
    rung = false;
  }
}
