package io.tasklane.queue.dispatch;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.run.TaskRunner;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the turns of one queue, for as many threads as it has runs: claims the head, runs what was
 * claimed on the calling thread, and settles it in the command that claims the next.
 */
final class CompletionLoop {
  private static final Logger LOG = Logger.getLogger(CompletionLoop.class.getName());
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(250);

  private final QueueWork.Tools tools;
  private final Set<Long> settledLately = Collections.synchronizedSet(RecentKeys.ofSize(4096));
  private volatile boolean closed;

  CompletionLoop(QueueWork.Tools tools) {
    this.tools = tools;
  }

  /** Claims nothing more; runs under way are settled. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the run of this task has ended here lately. */
  boolean hasSettled(long task) {
    return settledLately.contains(task);
  }

  /** Claims the head of what waits, if one may run. */
  CompleteAndClaimResult claim(Ownership owner) {
    CompleteAndClaim turn = new CompleteAndClaim(owner, Optional.empty(), true);
    return tools.committer().submit(tools.turns(), turn).join();
  }

  /** Runs a claimed task to its end, and settles it; the next is claimed where one may run. */
  CompleteAndClaimResult run(Ownership owner, Task task) throws InterruptedException {
    TaskRunner.Ran ran = tools.runner().run(task);
    CompleteAndClaim.Completion settle = tools.settlements().of(task, ran);
    return settle(owner, task, settle, true);
  }

  /** The same, and claims nothing. */
  void runAlone(Ownership owner, Task task) throws InterruptedException {
    TaskRunner.Ran ran = tools.runner().run(task);
    settleAlone(owner, task, tools.settlements().of(task, ran));
  }

  /** The attempt of a claimed task that nothing could be started for has failed with this. */
  void fail(Ownership owner, Task task, Throwable why) throws InterruptedException {
    TaskRunner.Ran ran = tools.runner().notStarted(why);
    settleAlone(owner, task, tools.settlements().of(task, ran));
  }

  /** Settles a run that has ended, and claims nothing. */
  void settleAlone(Ownership owner, Task task, CompleteAndClaim.Completion settle)
      throws InterruptedException {
    settle(owner, task, settle, false);
  }

  /** The run of this task was settled in a group. */
  void hasNowSettled(long task) {
    settledLately.add(task);
  }

  private CompleteAndClaimResult settle(
      Ownership owner, Task task, CompleteAndClaim.Completion settle, boolean claim)
      throws InterruptedException {
    CompleteAndClaimResult turn = settleUntilItCounts(owner, task, settle, claim);
    if (turn.completion() == CompleteAndClaimResult.CompletionStatus.STALE) {
      LOG.warning(task.name() + ": its lease was over when it ended; its result was not accepted");
    }
    settle.decision().backoff().ifPresent(tools.alarm());
    settledLately.add(task.id());
    return turn;
  }

  /** A settlement that cannot be written now is sent again, with the same token, until it is. */
  private CompleteAndClaimResult settleUntilItCounts(
      Ownership owner, Task task, CompleteAndClaim.Completion settle, boolean claimNext)
      throws InterruptedException {
    CompleteAndClaim.Completion wanted = settle;
    while (true) {
      boolean claim = claimNext && !closed && tools.lease().isHeld();
      try {
        return tools
            .committer()
            .submit(tools.turns(), new CompleteAndClaim(owner, Optional.of(wanted), claim))
            .join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof Refusal refused
            && refused.sort() != Refusal.Sort.UNAVAILABLE) {
          wanted = tools.settlements().childRefused(task, refused, wanted.log(), wanted.progress());
        } else if (failed.getCause() instanceof Refusal) {
          LOG.warning(task.name() + ": " + failed.getCause().getMessage() + "; trying again");
          Thread.sleep(SETTLE_PAUSE.toMillis());
        } else {
          LOG.log(Level.SEVERE, task.name() + ": its result cannot be stored", failed.getCause());
          wanted = tools.settlements().unstorable(task, failed.getCause());
        }
      }
    }
  }
}
