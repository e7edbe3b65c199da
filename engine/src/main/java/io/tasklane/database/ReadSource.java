package io.tasklane.database;

import io.tasklane.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens the connections of the {@link ReadPool}, and can break them: a read that has sent its
 * statement to a machine that has gone would otherwise keep its thread and its connection until the
 * socket's time-out.
 */
final class ReadSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  /** A younger connection may be the first one to a database that is there again. */
  private static final Duration AGE = Duration.ofSeconds(3);

  private final transient Map<Connection, Long> opened = new ConcurrentHashMap<>();

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Connection connection = super.getConnection(user, password);
    opened.keySet().removeIf(ReadSource::isClosed);
    opened.put(connection, Ticker.SYSTEM.nanos());
    return connection;
  }

  /** Breaks the connections, so that whoever reads on one of them gets an exception at once. */
  void giveUp() {
    opened.forEach(
        (connection, since) -> {
          if (Ticker.SYSTEM.since(since).compareTo(AGE) >= 0) {
            abort(connection);
          }
        });
    opened.keySet().removeIf(ReadSource::isClosed);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      throw new IllegalStateException("a connection cannot be given up", gone);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException gone) {
      return true;
    }
  }
}
