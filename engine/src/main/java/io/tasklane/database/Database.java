package io.tasklane.database;

import io.tasklane.api.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The PostgreSQL that holds the truth: a pool for reads, and connections of their own for those
 * that must never wait for a pool (the group committer, the node lease, the tail of the event log).
 *
 * @param pool autocommit; whoever borrows one gives it back in autocommit, with no transaction
 *     open, because not every pool sees to that
 * @param direct opens an unpooled connection
 */
public record Database(DataSource pool, DataSource direct) {
  private static final int PING_SECONDS = 2;

  /** A pooled connection. */
  public Connection read() throws SQLException {
    return pool.getConnection();
  }

  /**
   * Something to read, or to write outside of commands.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface Query<T> {
    /** Does it. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Works on a pooled connection, in autocommit.
   *
   * @throws Refusal UNAVAILABLE where the database cannot be reached
   */
  public <T> T with(Query<T> query) {
    try (Connection connection = read()) {
      return query.on(connection);
    } catch (SQLException away) {
      throw Refusal.of(
          Refusal.Sort.UNAVAILABLE,
          "DATABASE_UNAVAILABLE",
          "",
          "the database cannot be reached: " + away.getMessage() + "; try again");
    }
  }

  /** Whether it answers within two seconds. */
  public boolean answers() {
    return with(connection -> connection.isValid(PING_SECONDS));
  }

  /** A connection that belongs to its opener alone. */
  public Connection open() throws SQLException {
    return direct.getConnection();
  }

  /**
   * The same, given up when an answer takes longer than this: a database whose machine is gone says
   * nothing at all, for hours.
   */
  public Connection open(Duration patience) throws SQLException {
    Connection connection = open();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    return connection;
  }
}
