package io.tasklane.retention;

import io.tasklane.database.JsonMakers;
import io.tasklane.event.EventKind;
import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.EventRow;
import java.sql.SQLException;
import java.util.Optional;

/** Reads the events that say which ended tasks of a queue were removed. */
public final class RemovalEvents {
  /** The codec of removals, which the feature that removes tasks registers. */
  public static final EventCodec CODEC =
      new EventCodec(EventKind.TASKS_REMOVED, RemovalEvents::read);

  private RemovalEvents() {}

  private static LogEvent read(EventRow row) throws SQLException {
    String deadLetters = row.detail(); // absent in events of before they were counted
    Removal removal =
        new Removal(
            row.toState(), row.version(), deadLetters == null ? 0 : Integer.parseInt(deadLetters));
    String data =
        JsonMakers.BUILDERS
            .createObjectBuilder()
            .add("state", removal.state().name())
            .add("count", removal.count())
            .add("dead_letters", removal.deadLetters())
            .build()
            .toString();
    return row.event(
        LogEvent.TASKS_REMOVED, row.queue(), Optional.empty(), data, Optional.of(removal));
  }
}
