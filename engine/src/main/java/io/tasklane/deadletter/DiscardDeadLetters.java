package io.tasklane.deadletter;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.task.Actor;
import java.sql.SQLException;

/** Discards dead letters for good; their tasks stay. The result is the name of the dead letter. */
public final class DiscardDeadLetters implements SingleCommand<DiscardDeadLetters.Request, String> {
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
        DELETE FROM dead_letter d USING task k WHERE k.name = :name AND d.task = k.id
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
  public Outcome<String> executeOne(Batch batch, Request request) throws SQLException {
    int discarded =
        NamedSql.on(batch.connection(), SQL)
            .set("name", request.taskId())
            .set("actor", request.actor().principal())
            .set("reason", Rows.storable(request.actor().reason()))
            .update();
    return discarded == 1
        ? Outcome.done("deadLetters/" + request.taskId())
        : Outcome.refused(DeadLetterReader.notFound(request.taskId()));
  }
}
