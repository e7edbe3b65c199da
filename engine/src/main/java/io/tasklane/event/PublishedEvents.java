package io.tasklane.event;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.feature.EventCodec;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Publication;
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
          w.subject, w.event_type, (SELECT 'tasks/' || name FROM task WHERE id = :task), w.data
      FROM (
        SELECT * FROM unnest(:types::text[], :subjects::text[], :data::text[]) WITH ORDINALITY
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
  public static void ofTask(Batch batch, TaskKey task, List<Publication> events)
      throws SQLException {
    if (!events.isEmpty()) {
      NamedSql.on(batch.connection(), BY_TASK)
          .set("task", task)
          .rows(events)
          .add("types", "text", Publication::eventType)
          .add("subjects", "text", Publication::subject)
          .add("data", "text", event -> event.data().text())
          .update();
    }
  }
}
