package io.tasklane.deadletter;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.Rows;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.task.Actor;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Discards dead letters for good; their tasks stay. The result is the name of the dead letter. */
public final class DiscardDeadLetters implements CommandKind<DiscardDeadLetters.Request, String> {
  /**
   * A request to discard a dead letter.
   *
   * @param taskId final part of its name
   * @param actor who asks, and why
   */
  public record Request(String taskId, Actor actor) {}

  private static final String SQL =
      """
      WITH changed AS (
        DELETE FROM dead_letter d USING task k WHERE k.name = ? AND d.task = k.id
        RETURNING d.*)
      """
          + DeadLetterEvents.logged(DeadLetterEvents.DISCARDED, "NULL::text");

  /** One is enough. */
  public DiscardDeadLetters() {}

  @Override
  public CommandOrder order() {
    return CommandOrder.DISCARD_DEAD_LETTERS;
  }

  @Override
  public List<Outcome<String>> execute(Batch batch, List<Request> requests) throws SQLException {
    List<Outcome<String>> outcomes = new ArrayList<>();
    for (Request request : requests) {
      try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
        statement.setString(1, request.taskId());
        statement.setString(2, request.actor().principal());
        statement.setString(3, Rows.storable(request.actor().reason()));
        outcomes.add(
            statement.executeUpdate() == 1
                ? Outcome.done("deadLetters/" + request.taskId())
                : Outcome.refused(DeadLetterReader.notFound(request.taskId())));
      }
    }
    return outcomes;
  }
}
