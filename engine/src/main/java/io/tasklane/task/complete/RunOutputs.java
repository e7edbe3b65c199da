package io.tasklane.task.complete;

import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactUses;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.event.PublishedEvents;
import io.tasklane.fact.FactRows;
import io.tasklane.fact.NewFact;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.create.CreateTasks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a completed run leaves, in the same command: children, events, facts, and the use of
 * an artifact.
 *
 * @param creation creates the children of completed runs
 */
public record RunOutputs(CreateTasks creation) {
  private static final String NAME = "SELECT 'tasks/' || name FROM task WHERE id = :task";

  void keep(Batch batch, CompleteAndClaim.Completion completion) throws SQLException {
    createChildren(batch, completion);
    PublishedEvents.ofTask(batch, completion.task(), completion.decision().events());
    Optional<ArtifactReference> named = completion.decision().result().flatMap(Payload::reference);
    if (named.isPresent()) {
      ArtifactUses.ofResult(batch.connection(), completion.task(), named.get());
    }
  }

  /**
   * Sets the facts of all these completions together, so that their rows are locked in one order.
   */
  static void setFacts(Batch batch, List<CompleteAndClaim.Completion> completions)
      throws SQLException {
    List<NewFact> facts = new ArrayList<>();
    for (CompleteAndClaim.Completion completion : completions) {
      if (!completion.decision().facts().isEmpty()) {
        Actor actor = new Actor(name(batch, completion.task()), "");
        completion.decision().facts().forEach(fact -> facts.add(NewFact.of(fact, actor)));
      }
    }
    if (!FactRows.set(batch, facts)) {
      throw Again.because("a fact of a run changed meanwhile");
    }
  }

  private static String name(Batch batch, TaskKey task) throws SQLException {
    return NamedSql.on(batch.connection(), NAME).set("task", task).one(row -> row.getString(1));
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
