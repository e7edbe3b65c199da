package io.tasklane.event.store;

import io.tasklane.app.OutsideEvent;
import io.tasklane.task.Publication;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An event of a producer outside that is about to become part of the log.
 *
 * @param principal who publishes it
 * @param event what it is
 * @param revision drawn for it
 */
record NewEvent(String principal, OutsideEvent event, long revision) {
  Optional<EventIds.Id> id() {
    return event.eventId().map(id -> new EventIds.Id(principal, id));
  }

  /** Binds revision, event_type, subject, event_id, actor, data. */
  static void bind(PreparedStatement statement, List<NewEvent> events) throws SQLException {
    Object[] revisions = events.stream().map(NewEvent::revision).toArray();
    statement.setArray(1, statement.getConnection().createArrayOf("int8", revisions));
    texts(statement, 2, events, e -> published(e).eventType());
    texts(statement, 3, events, e -> published(e).subject());
    texts(statement, 4, events, e -> e.event().eventId().orElse(null));
    texts(statement, 5, events, NewEvent::principal);
    texts(statement, 6, events, e -> published(e).data().text());
  }

  private static Publication published(NewEvent event) {
    return event.event().publication();
  }

  private static void texts(
      PreparedStatement statement, int index, List<NewEvent> events, Function<NewEvent, String> of)
      throws SQLException {
    String[] texts = events.stream().map(of).toArray(String[]::new);
    statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
  }
}
