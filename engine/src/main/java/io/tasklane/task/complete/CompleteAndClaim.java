package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import java.util.List;
import java.util.Optional;

/**
 * One step of a queue, in one command: the run that has ended is settled and the head of what waits
 * is claimed. Either part may be missing.
 *
 * @param owner on whose behalf
 * @param settle the run that has ended
 * @param claim whether to claim the next
 */
public record CompleteAndClaim(Ownership owner, Optional<Settle> settle, boolean claim) {
  /**
   * A run that has ended.
   *
   * @param task key of the row
   * @param token the fencing token of the run
   * @param settlement what becomes of it
   * @param children of the settlement, ready to become rows
   * @param log what the handler logged
   * @param orderingKey of the task
   * @param needed final part of the task's name, where others were known to need it when it began
   * @param progress the last that the run reported, where it has not been written yet
   */
  public record Settle(
      long task,
      long token,
      RunCompletion settlement,
      List<NewTask> children,
      String log,
      Optional<String> orderingKey,
      Optional<String> needed,
      Optional<Progress> progress) {
    /** Of a task without an ordering key that nobody needs, and that reports no progress. */
    public Settle(
        long task, long token, RunCompletion settlement, List<NewTask> children, String log) {
      this(
          task,
          token,
          settlement,
          children,
          log,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** Whether it leaves nothing but how it ended: no task, no event, no use of an artifact. */
    boolean leavesNothingElse() {
      return children.isEmpty()
          && settlement.events().isEmpty()
          && settlement.result().flatMap(Payload::reference).isEmpty();
    }

    /** Of this task, as it was claimed; its run has no progress that is not written yet. */
    public static Settle of(
        Task run, RunCompletion settlement, List<NewTask> children, String log) {
      return of(run, settlement, children, log, Optional.empty());
    }

    /** Of this task, as it was claimed. */
    public static Settle of(
        Task run,
        RunCompletion settlement,
        List<NewTask> children,
        String log,
        Optional<Progress> progress) {
      return new Settle(
          run.id(),
          run.fencingToken(),
          settlement,
          children,
          log,
          run.rules().orderingKey(),
          run.needed() ? Optional.of(run.taskId()) : Optional.empty(),
          progress);
    }
  }
}
