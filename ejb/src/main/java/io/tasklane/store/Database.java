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

  /**
   * Whether it answers.
   *
   * @param seconds how long it may take
   * @throws Refusal UNAVAILABLE where it cannot be reached
   */
  public boolean answers(int seconds) {
    return reading(connection -> connection.isValid(seconds));
  }

  /** A connection that belongs to its opener alone. */
  public Connection open() throws SQLException {
    return direct.getConnection();
  }
}
