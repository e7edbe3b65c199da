package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.fault.FatalErrors;
import io.tasklane.queue.Durability;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the tasks of a queue whose completions are durable in groups. A task that has an ordering
 * key, needs resources or was interrupted runs alone, after all runs before it are completed.
 *
 * @param tools what the work of all queues shares
 * @param loop completes runs one by one
 * @param threads makes the threads of runs beside the owner's
 * @param waits whether the table has a ready task
 */
record GroupedWork(
    DispatchTools tools, CompletionLoop loop, ThreadFactory threads, BooleanSupplier waits) {
  private static final Logger LOG = Logger.getLogger(GroupedWork.class.getName());

  /**
   * Runs ready tasks until nothing more may start and all runs are completed.
   *
   * @param width runs at once
   */
  ClaimStatus drain(Ownership owner, int width, PendingAcknowledgement signals)
      throws InterruptedException {
    while (true) {
      ClaimStatus next = runAhead(owner, width, signals);
      if (next != ClaimStatus.HEAD_ALONE) {
        return next;
      }
      CompleteAndClaimResult result = loop.claim(owner);
      if (result.claimed().isPresent()) {
        loop.runAlone(owner, result.claimed().get());
      } else if (result.claimStatus() != ClaimStatus.ASK_AGAIN
          && result.claimStatus() != ClaimStatus.NOTHING_READY) {
        return result.claimStatus();
      }
      signals.next();
    }
  }

  private ClaimStatus runAhead(Ownership owner, int width, PendingAcknowledgement signals)
      throws InterruptedException {
    int ahead = Durability.CLAIMS_AHEAD + width - 1;
    GroupedRuns runs = new GroupedRuns(tools, loop, owner, waits, ahead);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < width; i++) {
      start(runs, "tasklane-group-" + owner.queue() + "-" + i).ifPresent(others::add);
    }
    runs.work(signals::next);
    for (Thread other : others) {
      other.join();
    }
    return runs.next();
  }

  /** Without this thread there is one run less at once, until the next idle moment. */
  private Optional<Thread> start(GroupedRuns runs, String name) {
    try {
      Thread thread = threads.newThread(() -> work(runs));
      thread.setName(name);
      thread.start();
      return Optional.of(thread);
    } catch (RuntimeException | Error noThread) {
      FatalErrors.passOn(noThread);
      LOG.log(Level.WARNING, name + ": the thread cannot be started", noThread);
      return Optional.empty();
    }
  }

  private static void work(GroupedRuns runs) {
    try {
      runs.work(() -> {});
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error fault) {
      FatalErrors.passOn(fault);
      LOG.log(Level.SEVERE, "a run beside the owner's thread ends", fault);
    }
  }
}
