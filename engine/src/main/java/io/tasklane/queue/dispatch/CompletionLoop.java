package io.tasklane.queue.dispatch;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.fault.FatalErrors;
import io.tasklane.key.TaskKey;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.run.TaskRunner;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the tasks of one queue, one after another on the calling thread. It claims the head, runs
 * it, and completes it in the command that claims the next task. Any number of threads may use it
 * at the same time.
 */
final class CompletionLoop {
  private static final Logger LOG = Logger.getLogger(CompletionLoop.class.getName());
  private static final Duration RETRY_PAUSE = Duration.ofMillis(250);
  private static final int MOST_PAUSES = 4;

  private final DispatchTools tools;
  private final Set<TaskKey> recentlyCompleted =
      Collections.synchronizedSet(RecentKeys.ofSize(4096));
  private volatile boolean closed;

  CompletionLoop(DispatchTools tools) {
    this.tools = tools;
  }

  /** Claims nothing more; runs under way are completed. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Whether this task has ended here lately, so that nothing is left to do for its signal. A task
   * whose run has ended and that is tried again does not count: the next signal is about that.
   */
  boolean hasCompleted(TaskKey task) {
    return recentlyCompleted.contains(task);
  }

  /** Claims the head of the queue, if it may run. */
  CompleteAndClaimResult claim(Ownership owner) {
    CompleteAndClaim command = new CompleteAndClaim(owner, Optional.empty(), true);
    return tools.committer().submit(tools.completions(), command).join();
  }

  /** Runs a claimed task to its end and completes it; claims the next one if it may run. */
  CompleteAndClaimResult run(Ownership owner, Task task) throws InterruptedException {
    try {
      return complete(owner, task, ended(task), true);
    } finally {
      tools.held().letGo(task);
    }
  }

  /** Runs and completes a claimed task, and claims nothing. */
  void runAlone(Ownership owner, Task task) throws InterruptedException {
    try {
      complete(owner, task, ended(task), false);
    } finally {
      tools.held().letGo(task);
    }
  }

  /** Runs it, unless its run was given up before a thread got to it. */
  private CompleteAndClaim.Completion ended(Task task) {
    TaskRunner.Ran ran =
        tools.held().hold(task)
            ? tools.runner().run(task)
            : TaskRunner.Ran.without(new RunEnd.HandedBack());
    return tools.runCompletions().of(task, ran);
  }

  /** Fails the attempt of a claimed task that could not be started, for this reason. */
  void fail(Ownership owner, Task task, Throwable why) throws InterruptedException {
    TaskRunner.Ran ran = tools.runner().notStarted(why);
    completeAlone(owner, task, tools.runCompletions().of(task, ran));
  }

  /** Completes a run that has ended, and claims nothing; afterwards no thread has it in hand. */
  void completeAlone(Ownership owner, Task task, CompleteAndClaim.Completion completion)
      throws InterruptedException {
    try {
      complete(owner, task, completion, false);
    } finally {
      tools.held().letGo(task);
    }
  }

  /** A run was completed; if it was the last one of its task, its signals are of no use. */
  private void noteCompleted(CompleteAndClaim.Completion completion) {
    if (completion.decision().endsTask()) {
      recentlyCompleted.add(completion.task());
    }
  }

  private CompleteAndClaimResult complete(
      Ownership owner, Task task, CompleteAndClaim.Completion completion, boolean claim)
      throws InterruptedException {
    CompleteAndClaimResult result = completeUntilStored(owner, task, completion, claim);
    if (result.completion() == CompletionStatus.STALE) {
      LOG.warning(task.name() + ": its lease was over when it ended; its result was not accepted");
    }
    afterwards(completion);
    return result;
  }

  /** The next task is claimed already: nothing that is thrown here may keep it from its run. */
  void afterwards(CompleteAndClaim.Completion completion) {
    tools
        .faults()
        .attempt(
            "alarms for retries",
            () -> {
              noteCompleted(completion);
              completion.decision().backoff().ifPresent(tools.signals()::dueIn);
            });
  }

  /** A completion that cannot be written now is sent again, with the same token, until it is. */
  private CompleteAndClaimResult completeUntilStored(
      Ownership owner, Task task, CompleteAndClaim.Completion completion, boolean claimNext)
      throws InterruptedException {
    CompleteAndClaim.Completion wanted = completion;
    for (int tries = 1; ; tries++) {
      boolean claim = claimNext && !closed && tools.lease().isHeld();
      try {
        CompleteAndClaimResult result =
            tools
                .committer()
                .submit(
                    tools.completions(), new CompleteAndClaim(owner, Optional.of(wanted), claim))
                .join();
        if (tries > 1) { // nothing was reported of the first
          tools.faults().ended(completionOf(task));
        }
        return result;
      } catch (CompletionException failed) {
        boolean isAway = isAway(failed);
        if (isAway || tries > 1) { // a failure that cannot be written either is our fault alone
          tools.faults().failed(completionOf(task), failed);
          Thread.sleep(RETRY_PAUSE.multipliedBy(Math.min(tries, MOST_PAUSES)).toMillis());
        }
        wanted = isAway ? wanted : instead(task, wanted, failed.getCause());
      }
    }
  }

  private static String completionOf(Task task) {
    return task.name() + ": completion of its run";
  }

  private static boolean isAway(CompletionException failed) {
    return failed.getCause() instanceof Refusal refused
        && refused.sort() == Refusal.Sort.UNAVAILABLE;
  }

  /** What is written of a run whose completion was not accepted. */
  private CompleteAndClaim.Completion instead(
      Task task, CompleteAndClaim.Completion completion, Throwable why) {
    if (why instanceof Refusal refused) {
      return tools
          .runCompletions()
          .childRefused(task, refused, completion.log(), completion.progress());
    }
    FatalErrors.passOn(why);
    LOG.log(Level.SEVERE, task.name() + ": its result cannot be stored", why);
    return tools.runCompletions().unstorable(task, why);
  }
}
