package io.tasklane.event;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.ArrayColumns;
import io.tasklane.task.Publication;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * An event of a producer outside that is about to become part of the log.
 *
 * @param principal who publishes it
 * @param event what it is
 * @param revision drawn for it
 */
record NewEvent(String principal, ExternalEvent event, long revision) {
  Optional<EventIds.Id> id() {
    return event.eventId().map(id -> new EventIds.Id(principal, id));
  }

  /** Binds revision, event_type, subject, event_id, actor, data. */
  static void bind(PreparedStatement statement, List<NewEvent> events) throws SQLException {
    ArrayColumns.of(statement, 0, events)
        .add("int8", NewEvent::revision)
        .add("text", e -> published(e).eventType())
        .add("text", e -> published(e).subject())
        .add("text", e -> e.event().eventId().orElse(null))
        .add("text", NewEvent::principal)
        .add("text", e -> published(e).data().text());
  }

  private static Publication published(NewEvent event) {
    return event.event().publication();
  }
}
