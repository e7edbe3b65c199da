package io.tasklane.trading.run;

import io.tasklane.task.Run;

/** Where a loop asks whether it should end. */
public final class Stop {
  private Stop() {}

  /** Ends the run if somebody cancelled the task or its thread was interrupted. */
  public static void ifAsked(Run run) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(run.task() + " was interrupted");
    }
    if (run.cancelled()) {
      throw new InterruptedException(run.task() + " was cancelled");
    }
  }
}
