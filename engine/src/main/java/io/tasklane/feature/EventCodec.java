package io.tasklane.feature;

import io.tasklane.event.EventKind;
import io.tasklane.event.LogEvent;
import java.sql.SQLException;

/**
 * Reads the events of one kind from their rows.
 *
 * @param kind whose code stands in the row
 * @param reading of one row
 */
public record EventCodec(EventKind kind, Reading reading) {
  /** Turns a row of the log into an event. */
  @FunctionalInterface
  public interface Reading {
    /** Reads the present row. */
    LogEvent read(EventRow row) throws SQLException;
  }

  /** Of events that have this type, and whose data are stored as they are read. */
  public static EventCodec stored(EventKind kind, String type) {
    return new EventCodec(kind, row -> row.event(type, row.detail()));
  }
}
