package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import java.util.List;
import java.util.Optional;

/**
 * One step of a queue, in one command: completes the run that has ended and claims the head of the
 * queue. Either part may be missing.
 *
 * @param owner on whose behalf
 * @param completion the run that has ended
 * @param claim whether to claim the next
 */
public record CompleteAndClaim(Ownership owner, Optional<Completion> completion, boolean claim) {
  /**
   * A run that has ended.
   *
   * @param task key of the row
   * @param token the fencing token of the run
   * @param decision what becomes of the task
   * @param children tasks that the run creates
   * @param log what the handler logged
   * @param orderingKey of the task
   * @param needed final part of the task's name, if others were known to need it when the run began
   * @param progress the last report of the run, if it has not been written yet
   */
  public record Completion(
      TaskKey task,
      FencingToken token,
      RunCompletion decision,
      List<NewTask> children,
      String log,
      Optional<String> orderingKey,
      Optional<String> needed,
      Optional<Progress> progress) {
    /**
     * The completion of a task without an ordering key that nobody needs, and that reports no
     * progress.
     */
    public Completion(
        TaskKey task,
        FencingToken token,
        RunCompletion decision,
        List<NewTask> children,
        String log) {
      this(
          task,
          token,
          decision,
          children,
          log,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** Whether the run leaves nothing but its end: no child, event, fact or artifact. */
    boolean leavesNothingElse() {
      return children.isEmpty()
          && decision.events().isEmpty()
          && decision.facts().isEmpty()
          && decision.result().flatMap(Payload::reference).isEmpty();
    }

    /** The completion of this task, as it was claimed; its run has no unwritten progress. */
    public static Completion of(
        Task run, RunCompletion decision, List<NewTask> children, String log) {
      return of(run, decision, children, log, Optional.empty());
    }

    /** The completion of this task, as it was claimed. */
    public static Completion of(
        Task run,
        RunCompletion decision,
        List<NewTask> children,
        String log,
        Optional<Progress> progress) {
      return new Completion(
          run.id(),
          run.fencingToken(),
          decision,
          children,
          log,
          run.rules().orderingKey(),
          run.needed() ? Optional.of(run.taskId()) : Optional.empty(),
          progress);
    }
  }
}
