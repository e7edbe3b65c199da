package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
import io.tasklane.step.Wakes;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.state.Move;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Completes runs of a batch, whatever became of them: writes their ends, what they leave, and what
 * that changes for others.
 *
 * @param outputs writes what runs leave
 * @param ends runs the listeners of completed tasks
 */
public record CompleteRuns(RunOutputs outputs, TaskEnds ends) {
  /** Completes these runs, whose queues' owner rows are locked; one status each, in their order. */
  List<CompletionStatus> complete(Batch batch, List<CompleteAndClaim.Completion> completions)
      throws SQLException {
    if (completions.isEmpty()) {
      return List.of();
    }
    ReportProgress.ofEnded(batch, completions);
    List<EndedTask> moved = new ArrayList<>();
    Map<TaskKey, Boolean> held = CompleteStatement.complete(batch.connection(), completions, moved);
    List<CompletionStatus> statuses = new ArrayList<>();
    List<CompleteAndClaim.Completion> done = new ArrayList<>();
    for (CompleteAndClaim.Completion completion : completions) {
      CompletionStatus status = status(batch, completion, held.get(completion.task()));
      if (Boolean.TRUE.equals(held.get(completion.task()))) {
        outputs.keep(batch, completion);
        done.add(completion);
      }
      statuses.add(status);
    }
    RunOutputs.setFacts(batch, done);
    wakeSettled(batch, done);
    ends.after(batch, moved);
    return statuses;
  }

  /** Those that wait for an event, where it came before they were suspended. */
  private static void wakeSettled(Batch batch, List<CompleteAndClaim.Completion> done)
      throws SQLException {
    for (CompleteAndClaim.Completion completion : done) {
      if (completion.decision().ifRunning() == Move.SUSPEND) {
        Wakes.ifSettled(
            batch.connection(), completion.task(), completion.decision().cause().orElseThrow());
      }
    }
  }

  /**
   * What became of a run.
   *
   * @param done null if its token no longer holds the task, false if its task was newer than this
   *     transaction
   */
  private static CompletionStatus status(
      Batch batch, CompleteAndClaim.Completion completion, Boolean done) throws SQLException {
    if (done == null) {
      return CompletedBefore.holds(batch, completion)
          ? CompletionStatus.DONE
          : CompletionStatus.STALE;
    }
    return done ? CompletionStatus.DONE : CompletionStatus.LATER;
  }
}
