package io.tasklane.worker.stream;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.worker.WorkerLeases;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Watches the workers: the time limits of their runs ten times a second on one thread, and once a
 * second on another, which may wait for the database, who was heard of and who is lost.
 */
final class WorkerWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;
  private static final long RENEW_MILLIS = 1_000;
  private static final int LOOKS_A_REMOVAL = 600;

  private final OngoingFaults faults;
  private final Thread limits;
  private final Thread leases;
  private volatile boolean closed;

  WorkerWatch(
      WorkerStreams streams,
      LostWorkers lost,
      EngineContext context,
      ThreadFactory threads,
      OngoingFaults faults) {
    this.faults = faults;
    this.limits =
        threads.newThread(
            () -> repeat(LOOK_MILLIS, turn -> attempt("watch over workers' runs", streams::watch)));
    this.leases =
        threads.newThread(
            () ->
                repeat(
                    RENEW_MILLIS,
                    turn -> {
                      attempt("leases of workers", streams::renew);
                      attempt("lost workers", lost::look);
                      if (turn % LOOKS_A_REMOVAL == 0) {
                        attempt("removal of ended workers", () -> remove(context));
                      }
                    }));
    limits.setName("tasklane-worker-runs");
    leases.setName("tasklane-worker-leases");
    limits.start();
    leases.start();
  }

  private void attempt(String what, Runnable turn) {
    faults.attempt(what, turn);
  }

  private static void remove(EngineContext context) {
    context
        .database()
        .with(
            c -> {
              WorkerLeases.removeEnded(c);
              return true;
            });
  }

  @FunctionalInterface
  private interface Turn {
    void run(int turn);
  }

  private void repeat(long millis, Turn each) {
    for (int turn = 1; !closed; turn++) {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException stop) {
        return;
      }
      each.run(turn);
    }
  }

  @Override
  public void close() {
    closed = true;
    limits.interrupt();
    leases.interrupt();
  }
}
