package io.tasklane.task.complete;

import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactUses;
import io.tasklane.commit.Batch;
import io.tasklane.event.PublishedEvents;
import io.tasklane.task.Payload;
import io.tasklane.task.create.CreateTasks;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes what a completed run leaves, in the same command: children, events, and the use of an
 * artifact.
 *
 * @param creation creates the children of completed runs
 */
public record RunOutputs(CreateTasks creation) {
  void keep(Batch batch, CompleteAndClaim.Completion completion) throws SQLException {
    createChildren(batch, completion);
    PublishedEvents.ofTask(batch, completion.task(), completion.decision().events());
    Optional<ArtifactReference> named = completion.decision().result().flatMap(Payload::reference);
    if (named.isPresent()) {
      ArtifactUses.ofResult(batch.connection(), completion.task(), named.get());
    }
  }

  /** A refusal must not look like one of the completion itself: the task must not succeed. */
  private void createChildren(Batch batch, CompleteAndClaim.Completion completion)
      throws SQLException {
    try {
      creation.createOfRun(batch, completion.children());
    } catch (Refusal refused) {
      throw new IllegalStateException(
          "a task it creates was refused: " + refused.getMessage(), refused);
    }
  }
}
