package io.tasklane.batch;

import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.UpdateTasks;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The commands for single targets, which a batch operation executes in its own.
 *
 * @param cancels cancels tasks
 * @param copies creates tasks once more
 * @param updates gives tasks another priority
 * @param discards discards dead letters
 * @param workflows cancels workflows
 */
public record TargetActions(
    CancelTasks cancels,
    CopyTasks copies,
    UpdateTasks updates,
    DiscardDeadLetters discards,
    WorkflowCancels workflows) {
  /** Cancels a workflow within a command. */
  @FunctionalInterface
  public interface WorkflowCancels {
    /**
     * Cancels it.
     *
     * @throws Refusal where that must not be done; nothing was written then
     */
    Outcome<?> cancel(Batch batch, String workflowId, Actor actor) throws SQLException;
  }

  /**
   * Does to a target what the batch operation wants.
   *
   * @throws Refusal as the call for a single target; nothing was written then
   */
  Outcome<?> execute(Batch batch, BatchOperation operation, String id) throws SQLException {
    BatchRequest request = operation.request();
    Actor actor = operation.actor();
    return switch (request.kind()) {
      case CANCEL_TASKS ->
          cancels.executeOne(batch, new CancelTasks.Cancel(id, actor, request.force()));
      case SET_PRIORITY ->
          updates.executeOne(
              batch,
              new UpdateTasks.Update(
                  id,
                  OptionalInt.empty(),
                  priority(request.priority().orElseThrow()),
                  actor.principal()));
      case RETRY_TASKS -> copy(batch, id, CopyTasks.Origin.TASK, operation);
      case REPLAY_DEAD_LETTERS -> copy(batch, id, CopyTasks.Origin.DEAD_LETTER, operation);
      case DISCARD_DEAD_LETTERS ->
          discards.executeOne(batch, new DiscardDeadLetters.Request(id, actor));
      case CANCEL_WORKFLOWS -> workflows.cancel(batch, id, actor);
    };
  }

  private Outcome<?> copy(Batch batch, String id, CopyTasks.Origin origin, BatchOperation operation)
      throws SQLException {
    CopyOptions options =
        new CopyOptions(Optional.empty(), operation.request().ignoreDependencies());
    return copies.executeOne(batch, new CopyTasks.Request(id, origin, options, operation.actor()));
  }

  private static TaskUpdate priority(Priority priority) {
    return new TaskUpdate(
        Set.of(TaskUpdate.Field.PRIORITY), priority, Optional.empty(), Optional.empty(), Map.of());
  }
}
