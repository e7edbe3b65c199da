package io.tasklane.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Every transaction of a writer leaves its number in a row of the writer's own, by which its
 * outcome is looked up after a lost connection.
 *
 * <p>PostgreSQL's own number of the transaction would not do: one that has not reached the disk
 * when the server crashes is given again, and {@code pg_xact_status} then tells of somebody else's
 * transaction that it was committed.
 */
final class CommitMark {
  /** In every transaction, first of all. Parameters: number, writer. */
  static final String LEAVE =
      """
      UPDATE commit_mark SET batch = ?, time = clock_timestamp() WHERE writer = ?
      RETURNING pg_current_xact_id()::text::bigint""";

  private static final String REGISTER =
      "INSERT INTO commit_mark (batch, time) VALUES (0, clock_timestamp()) RETURNING writer";

  private static final String REMOVE_OLD =
      "DELETE FROM commit_mark WHERE time < clock_timestamp() - interval '30 days'";

  /** The lock is had when the transaction in question, which holds it, has ended. */
  private static final String LOOK_UP = "SELECT batch FROM commit_mark WHERE writer = ? FOR UPDATE";

  private long writer;
  private long number;

  /** Enters the writer, once, in a transaction that is committed here. */
  void register(Connection connection) throws SQLException {
    if (writer == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(REMOVE_OLD);
        try (ResultSet row = statement.executeQuery(REGISTER)) {
          row.next();
          long registered = row.getLong(1);
          connection.commit();
          writer = registered;
        }
      }
    }
  }

  /** A new transaction begins. */
  void next() {
    number++;
  }

  void bind(PreparedStatement statement) throws SQLException {
    statement.setLong(1, number);
    statement.setLong(2, writer);
  }

  /** The row is gone, as after weeks without a commit: the next connection enters another. */
  SQLException gone() {
    writer = 0;
    return new SQLException("this writer's row of commit_mark is gone", "08006");
  }

  /** Whether the last transaction that began was committed; waits until that is decided. */
  boolean isCommitted(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
      statement.setLong(1, writer);
      try (ResultSet row = statement.executeQuery()) {
        boolean committed = row.next() && row.getLong(1) == number;
        connection.rollback();
        return committed;
      }
    }
  }
}
