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

/** Puts dead letters away for good; their tasks stay. Its answer is the name of the dead letter. */
public final class DiscardDeadLetters implements CommandKind<DiscardDeadLetters.Wish, String> {
  /**
   * A wish.
   *
   * @param taskId final part of the dead letter's name
   * @param actor who, and why
   */
  public record Wish(String taskId, Actor actor) {}

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
  public List<Outcome<String>> execute(Batch batch, List<Wish> wishes) throws SQLException {
    List<Outcome<String>> outcomes = new ArrayList<>();
    for (Wish wish : wishes) {
      try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
        statement.setString(1, wish.taskId());
        statement.setString(2, wish.actor().principal());
        statement.setString(3, Rows.storable(wish.actor().reason()));
        outcomes.add(
            statement.executeUpdate() == 1
                ? Outcome.done("deadLetters/" + wish.taskId())
                : Outcome.refused(DeadLetterReader.notFound(wish.taskId())));
      }
    }
    return outcomes;
  }
}
