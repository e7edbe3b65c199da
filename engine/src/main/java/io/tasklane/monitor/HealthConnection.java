package io.tasklane.monitor;

import io.tasklane.database.Database;
import io.tasklane.event.ResumeToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connection used only to read the database's health, opened again after a fault. For one thread.
 */
public final class HealthConnection {
  private static final Logger LOG = Logger.getLogger(HealthConnection.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Database database;
  private Connection connection;

  /** Not yet connected. */
  public HealthConnection(Database database) {
    this.database = database;
  }

  /**
   * Reads the health.
   *
   * @throws SQLException if it cannot be read now; the next call reconnects
   */
  public DatabaseHealth read(ResumeToken seen) throws SQLException {
    try {
      if (connection == null) {
        connection = database.open(PATIENCE);
      }
      return DatabaseHealth.read(connection, seen);
    } catch (SQLException away) {
      close();
      throw away;
    }
  }

  /** Closes the connection. */
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
