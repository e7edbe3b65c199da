package io.tasklane.api;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one step, for example the sending of what has come, as often as it is woken, and never twice
 * at a time.
 *
 * <p>Whoever wakes it while the step runs only counts up, and the step is then run again. So no
 * wake-up is lost between "nothing there" and "going to sleep", and what only the step touches need
 * not be thread-safe.
 */
public final class DrainLoop {
  private final Executor executor;
  private final Runnable step;

  /** Above zero while a run is under way. Before the start it is, so that none begins. */
  private final AtomicInteger wakes = new AtomicInteger(1);

  /**
   * A loop that is not started yet.
   *
   * @param executor runs the steps
   * @param step does all there is to do now; must not throw
   */
  public DrainLoop(Executor executor, Runnable step) {
    this.executor = executor;
    this.step = step;
  }

  /** Runs the step for the first time. To be called once; a wake-up before it only counts. */
  public void start() {
    schedule();
  }

  /** There is something to do. May be called from any thread, from the step too. */
  public void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException serverHasStopped) {
      // Whoever receives has gone too, and whoever woke us (the reader of the log) must not suffer.
      wakes.set(0);
    }
  }

  private void drain() {
    int seen;
    do {
      seen = wakes.get();
      step.run();
    } while (!wakes.compareAndSet(seen, 0));
  }
}
