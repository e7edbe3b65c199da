package io.tasklane.client.worker;

import io.tasklane.v1.Lease;
import io.tasklane.v1.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A task that was offered: held until its end is acknowledged, and busy until its handler is done.
 */
final class Running {
  private final Lease lease;
  private final AtomicReference<Progress> progress = new AtomicReference<>();
  private StopReason stop;
  private Thread thread;
  private boolean ended;
  private boolean handled;

  Running(Lease lease) {
    this.lease = lease;
  }

  Lease lease() {
    return lease;
  }

  String id() {
    return lease.getLeaseId();
  }

  synchronized Optional<StopReason> stop() {
    return Optional.ofNullable(stop);
  }

  /** Tells it to stop; that its lease is lost goes before all other reasons. */
  synchronized void stop(StopReason why) {
    stop = stop == StopReason.LOST ? stop : why;
    notifyAll();
  }

  /** Waits, but not longer than until it should stop. */
  synchronized void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (stop == null && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  synchronized void begin(Thread handler) {
    thread = handler;
  }

  synchronized boolean hasBegun() {
    return thread != null;
  }

  synchronized void interrupt() {
    if (thread != null && !handled) {
      thread.interrupt();
    }
  }

  /** The handler has returned; its thread is not to be interrupted any more. */
  synchronized void handled() {
    handled = true;
  }

  /** Ends it; false if it has ended before. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  synchronized boolean isBusy() {
    return !ended || thread != null && !handled;
  }

  void report(Progress now) {
    progress.set(now);
  }

  /** What it has reported since this was asked last. */
  Optional<Progress> reported() {
    return Optional.ofNullable(progress.getAndSet(null));
  }
}
