package io.tasklane.event.store;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads the log in its order. It never goes beyond the oldest transaction that still runs, so that
 * no event that commits late is passed over.
 *
 * @param connection to read on
 * @param queueIds the id of a queue by its key
 */
public record EventReader(Connection connection, IntFunction<String> queueIds) {
  private static final String AFTER =
      """
      SELECT * FROM task_event
      WHERE (xid, seq) > (?, ?) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      ORDER BY xid, seq LIMIT ?""";
  private static final String BETWEEN =
      """
      SELECT * FROM task_event WHERE (xid, seq) > (?, ?) AND (xid, seq) <= (?, ?)
      ORDER BY xid, seq LIMIT ?""";
  private static final String END =
      """
      SELECT system_identifier, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1
      FROM pg_control_system()""";

  /** The next events that readers may see. */
  public List<LogEvent> after(ResumeToken position, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
      statement.setLong(1, position.transaction());
      statement.setLong(2, position.sequence());
      statement.setInt(3, limit);
      return read(statement);
    }
  }

  /** The events behind one position and up to another. */
  public List<LogEvent> between(ResumeToken from, ResumeToken to, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
      statement.setLong(1, from.transaction());
      statement.setLong(2, from.sequence());
      statement.setLong(3, to.transaction());
      statement.setLong(4, to.sequence());
      statement.setInt(5, limit);
      return read(statement);
    }
  }

  private List<LogEvent> read(PreparedStatement statement) throws SQLException {
    List<LogEvent> events = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        events.add(EventRows.read(row, queueIds));
      }
    }
    return events;
  }

  /** The position behind everything that has ended by now. */
  public static ResumeToken end(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END);
        ResultSet row = statement.executeQuery()) {
      row.next();
      String generation = Long.toString(row.getLong(1), Character.MAX_RADIX);
      return new ResumeToken(generation, row.getLong(2), Long.MAX_VALUE);
    }
  }
}
