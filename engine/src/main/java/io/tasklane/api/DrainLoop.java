package io.tasklane.api;

import io.tasklane.fault.FatalErrors;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a step, for example sending what has arrived, as often as it is woken, and never twice at
 * the same time.
 *
 * <p>A wake-up while the step runs only increments a counter, and the step is then run again. So no
 * wake-up is lost between "nothing there" and "going to sleep", and what only the step touches need
 * not be thread-safe.
 */
public final class DrainLoop {
  private static final Logger LOG = Logger.getLogger(DrainLoop.class.getName());
  private final Executor executor;
  private final Runnable step;

  /** Above zero while a run is under way, and before the start, so that no run begins. */
  private final AtomicInteger wakes = new AtomicInteger(1);

  /**
   * A loop that is not started yet.
   *
   * @param executor runs the steps
   * @param step does everything there is to do now; what it throws is logged, and the next wake-up
   *     runs it again
   */
  public DrainLoop(Executor executor, Runnable step) {
    this.executor = executor;
    this.step = step;
  }

  /** Runs the step for the first time. To be called once; earlier wake-ups only count. */
  public void start() {
    schedule();
  }

  /** There is something to do. May be called from any thread, including from the step. */
  public void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException serverHasStopped) {
      // The receiver is gone too, and the caller that woke us (the reader of the log) must not
      // suffer.
      wakes.set(0);
    } catch (RuntimeException | Error noThread) {
      wakes.set(0); // nothing runs: the next wake-up has to schedule again
      throw noThread;
    }
  }

  /** A throw must not keep the count of wake-ups above zero: nothing would ever run again. */
  private void runStep() {
    try {
      step.run();
    } catch (RuntimeException | Error fault) {
      if (FatalErrors.isFatal(fault)) {
        throw fault;
      }
      LOG.log(Level.SEVERE, "a step failed; the next wake-up runs it again", fault);
    }
  }

  private void drain() {
    int seen;
    do {
      seen = wakes.get();
      runStep();
    } while (!wakes.compareAndSet(seen, 0));
  }
}
