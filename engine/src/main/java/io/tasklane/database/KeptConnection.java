package io.tasklane.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An unpooled connection for one thread, opened when it is needed and again after a fault. */
public final class KeptConnection implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(KeptConnection.class.getName());

  /** Prepares a connection that has just been opened. */
  @FunctionalInterface
  public interface Setup {
    /**
     * Sets what the session needs, before anybody uses the connection. Where it fails, the
     * connection is closed, and the caller gets the exception.
     */
    void of(Connection connection) throws SQLException;
  }

  private final Database database;
  private final Duration patience;
  private final Setup setup;
  private Connection connection;

  /**
   * Not yet connected.
   *
   * @param patience how long to wait for an answer
   */
  public KeptConnection(Database database, Duration patience, Setup setup) {
    this.database = database;
    this.patience = patience;
    this.setup = setup;
  }

  /** Whether it is connected, as far as is known. */
  public boolean isOpen() {
    return connection != null;
  }

  /** The connection, opened where there is none. */
  public Connection get() throws SQLException {
    if (connection == null || connection.isClosed()) {
      connection = database.open(patience);
      try {
        setup.of(connection);
      } catch (SQLException | RuntimeException | Error unfit) {
        close();
        throw unfit;
      }
    }
    return connection;
  }

  /**
   * Rolls back on the present connection, if there is one. Never opens another: that would succeed,
   * and say nothing about the transaction of this one.
   *
   * @throws SQLException also where the driver has closed the connection
   */
  public void rollback() throws SQLException {
    if (connection != null) {
      connection.rollback();
    }
  }

  /** Runs this on the connection, and closes it after a fault. */
  public <T> T with(Database.Query<T> query) throws SQLException {
    try {
      return query.on(get());
    } catch (SQLException | RuntimeException | Error away) {
      close();
      throw away;
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException alreadyGone) {
      LOG.log(Level.FINE, "closing a lost connection", alreadyGone);
    }
    connection = null;
  }
}
