package io.tasklane.store;

import io.tasklane.app.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The PostgreSQL that holds the truth: a pool for reads, and connections of their own for those
 * that must never wait for a pool (the group committer, the node lease, the tail of the event log).
 *
 * @param pool for reads, autocommit
 * @param direct opens an unpooled connection
 */
public record Database(DataSource pool, DataSource direct) {
  private static final int PING_SECONDS = 2;

  /** A pooled connection for reading. */
  public Connection read() throws SQLException {
    return pool.getConnection();
  }

  /**
   * Something to read.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface Query<T> {
    /** Reads it. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Reads on a pooled connection.
   *
   * @throws Refusal UNAVAILABLE where the database cannot be reached
   */
  public <T> T reading(Query<T> query) {
    try (Connection connection = read()) {
      return query.on(connection);
    } catch (SQLException away) {
      throw Refusal.of(
          Refusal.Sort.UNAVAILABLE,
          "DATABASE_UNAVAILABLE",
          "",
          "the database cannot be read: " + away.getMessage() + "; try again");
    }
  }

  /** Whether it answers within two seconds. */
  public boolean answers() {
    return reading(connection -> connection.isValid(PING_SECONDS));
  }

  /** A connection that belongs to its opener alone. */
  public Connection open() throws SQLException {
    return direct.getConnection();
  }
}
