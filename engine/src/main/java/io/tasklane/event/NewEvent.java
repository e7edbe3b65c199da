package io.tasklane.event;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.Parameters;
import io.tasklane.task.Publication;
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

  /** Binds the columns of these events as arrays. */
  static Parameters bind(Parameters parameters, List<NewEvent> events) throws SQLException {
    return parameters
        .rows(events)
        .add("revisions", "int8", NewEvent::revision)
        .add("types", "text", e -> published(e).eventType())
        .add("subjects", "text", e -> published(e).subject())
        .add("ids", "text", e -> e.event().eventId().orElse(null))
        .add("actors", "text", NewEvent::principal)
        .add("data", "text", e -> published(e).data().text());
  }

  private static Publication published(NewEvent event) {
    return event.event().publication();
  }
}
