package io.tasklane.event;

import io.tasklane.commit.Batch;
import io.tasklane.feature.EventCodec;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The events that handlers published, in the log. */
public final class PublishedEvents {
  /** Reads them, and those of producers outside: their type and data stand in the row. */
  public static final EventCodec CODEC =
      new EventCodec(EventKind.PUBLISHED, row -> row.event(row.publishedType(), row.detail()));

  private static final String BY_TASK =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, event_type, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), statement_timestamp(), 4,
          w.subject, w.event_type, (SELECT 'tasks/' || name FROM task WHERE id = ?), w.data
      FROM (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY
          AS u (event_type, subject, data, position)
        ORDER BY position) w""";

  private PublishedEvents() {}

  /**
   * Writes the events of a task's run, in their order, behind what the transaction has logged.
   *
   * @param batch the transaction
   * @param task key of the row, who published them
   * @param events may be empty, which costs nothing
   */
  public static void ofTask(Batch batch, long task, List<Publication> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = batch.connection().prepareStatement(BY_TASK)) {
      statement.setLong(1, task);
      bind(statement, 2, events.stream().map(Publication::eventType).toList());
      bind(statement, 3, events.stream().map(Publication::subject).toList());
      bind(statement, 4, events.stream().map(Publication::data).map(Payload::text).toList());
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int index, List<String> texts)
      throws SQLException {
    statement.setArray(
        index, statement.getConnection().createArrayOf("text", texts.toArray(String[]::new)));
  }
}
