package io.tasklane.retention;

import io.tasklane.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * Tasks from which a sweep is about to remove something, locked before it checks who needs them.
 * Creating a dependent locks the tasks it needs. So the statement after the lock sees a creation
 * that came first, and a creation that comes second waits, and finds what the sweep has left.
 *
 * @param at when they were chosen
 * @param ids their keys
 */
record LockedTasks(Timestamp at, Long[] ids) {

  /** What to do with them while they are locked. */
  @FunctionalInterface
  interface Use<T> {
    /** Uses the locked tasks with this connection, within the transaction that holds them. */
    T on(Connection connection, LockedTasks locked) throws SQLException;
  }

  /**
   * One transaction of two statements; the second sees everything that was committed before the
   * first got its locks.
   *
   * @param connection in autocommit
   */
  static <T> T with(Connection connection, Database.Query<LockedTasks> lock, Use<T> use)
      throws SQLException {
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

  /** Reads the time and the ids. */
  static LockedTasks read(ResultSet row) throws SQLException {
    return new LockedTasks(row.getTimestamp(1), (Long[]) row.getArray(2).getArray());
  }
}
