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

/** What a settled run leaves in the same command: children, events, and an artifact it names. */
public final class RunOutputs {
  private final CreateTasks creation;

  /** Creates the children of settled tasks with this. */
  public RunOutputs(CreateTasks creation) {
    this.creation = creation;
  }

  void keep(Batch batch, CompleteAndClaim.Settle settle) throws SQLException {
    createChildren(batch, settle);
    PublishedEvents.ofTask(batch, settle.task(), settle.settlement().events());
    Optional<ArtifactReference> named = settle.settlement().result().flatMap(Payload::reference);
    if (named.isPresent()) {
      ArtifactUses.ofResult(batch.connection(), settle.task(), named.get());
    }
  }

  /** A refusal must not look like one of the settlement itself: its task must not succeed. */
  private void createChildren(Batch batch, CompleteAndClaim.Settle settle) throws SQLException {
    try {
      creation.createOfRun(batch, settle.children());
    } catch (Refusal refused) {
      throw new IllegalStateException(
          "a task it creates was refused: " + refused.getMessage(), refused);
    }
  }
}
