package io.tasklane.database;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * The PostgreSQL database with all state: a pool for reads, and unpooled connections for components
 * that must never wait for a pool (the group committer, the node lease, the tail of the event log).
 *
 * @param pool in autocommit mode; whoever borrows a connection returns it in autocommit mode with
 *     no open transaction, because not every pool ensures that
 * @param direct opens an unpooled connection
 */
public record Database(DataSource pool, DataSource direct) {
  /** Classes of errors about data, constraints, syntax and what PostgreSQL does not offer. */
  private static final List<String> WRONG = List.of("0A", "21", "22", "23", "42");

  /** A pooled connection. */
  public Connection read() throws SQLException {
    return pool.getConnection();
  }

  /**
   * Something to read, or to write outside of commands.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Query<T> {
    /** Runs the query on this connection. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs a query on a pooled connection, in autocommit mode.
   *
   * @throws Refusal UNAVAILABLE where the database cannot be reached
   * @throws IllegalStateException where the query itself or what it found is wrong
   */
  public <T> T with(Query<T> query) {
    try (Connection connection = read()) {
      return query.on(connection);
    } catch (SQLException away) {
      if (isWrong(away)) {
        throw new IllegalStateException("a query failed: " + away.getMessage(), away);
      }
      throw Refusal.unavailable(
          RefusalReason.DATABASE_UNAVAILABLE,
          "the database cannot be reached: " + cause(away) + "; try again");
    }
  }

  /** The driver ends some of its messages with a full stop. */
  private static String cause(SQLException away) {
    String message = String.valueOf(away.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** Whether trying again would fail in the same way: a fault of ours, and no outage. */
  private static boolean isWrong(SQLException failed) {
    String state = String.valueOf(failed.getSQLState());
    return WRONG.stream().anyMatch(state::startsWith);
  }

  /**
   * Ends the reads that wait for an answer of a database that is away, where the pool is this
   * node's own: each fails at once, instead of at the time-out of its socket.
   */
  public void giveUpReads() {
    if (pool instanceof ReadPool own) {
      own.giveUp();
    }
  }

  /** Opens an unpooled connection, which belongs to the caller. */
  public Connection open() throws SQLException {
    return direct.getConnection();
  }

  /**
   * The same with a read timeout: a database whose machine is gone does not answer at all, for
   * hours.
   */
  public Connection open(Duration patience) throws SQLException {
    Connection connection = open();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    return connection;
  }
}
