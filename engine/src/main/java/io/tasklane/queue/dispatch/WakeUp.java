package io.tasklane.queue.dispatch;

import java.time.Duration;

/** Wakes one waiting thread; a ring that comes before the wait is not lost. */
final class WakeUp {
  private boolean rung;

  synchronized void ring() {
    rung = true;
    notifyAll();
  }

  synchronized void await(Duration atMost) throws InterruptedException {
    if (!rung) {
      wait(atMost.toMillis());
    }
    rung = false;
  }
}
