package io.tasklane.bench.faults.load;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What became of work on other threads. */
final class Outcomes {
  private Outcomes() {}

  /** Waits for all of it; a failure is the caller's. */
  static void await(List<? extends Future<?>> work) throws InterruptedException {
    for (Future<?> each : work) {
      try {
        each.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
