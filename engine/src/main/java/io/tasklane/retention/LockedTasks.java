package io.tasklane.retention;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * Tasks that a sweep is about to take something from, locked before it looks at who needs them. Who
 * creates a dependent locks what it needs. So a creation that came first is seen by the statement
 * behind the lock, and one that comes second waits, and finds what the sweep has left.
 *
 * @param at when they were chosen
 * @param ids which they are
 */
record LockedTasks(Timestamp at, Array ids) {
  /** A statement. */
  @FunctionalInterface
  interface Step<T> {
    /** Runs it on this connection. */
    T on(Connection connection) throws SQLException;
  }

  /** What is done with them while they are locked. */
  @FunctionalInterface
  interface Use<T> {
    /** Does it on this connection. */
    T on(Connection connection, LockedTasks locked) throws SQLException;
  }

  /**
   * One transaction of two statements, of which the second sees all that was committed before the
   * first had its locks.
   *
   * @param connection in autocommit
   */
  static <T> T with(Connection connection, Step<LockedTasks> lock, Use<T> use) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = use.on(connection, lock.on(connection));
      connection.commit();
      return result;
    } finally {
      connection.rollback(); // what is committed stays
      connection.setAutoCommit(true);
    }
  }

  /** By a query for the time and the ids. */
  static LockedTasks by(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return new LockedTasks(row.getTimestamp(1), row.getArray(2));
    }
  }
}
