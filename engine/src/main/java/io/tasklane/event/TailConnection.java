package io.tasklane.event;

import io.tasklane.api.Refusal;
import io.tasklane.database.Database;
import io.tasklane.database.IndexPlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The tail's own connection, opened again after a fault. For one thread. */
public final class TailConnection implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TailConnection.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Database database;
  private final EventRows rows;
  private Connection connection;

  /**
   * Not yet connected.
   *
   * @param database where the log is
   * @param rows reads its rows
   */
  public TailConnection(Database database, EventRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * The next events that readers may see.
   *
   * @throws Refusal UNAVAILABLE where they cannot be read now; the next call connects anew
   */
  public List<LogEvent> after(ResumeToken position, int limit) {
    return read(c -> new EventReader(c, rows).after(position, limit));
  }

  /**
   * The position up to which the log is gone; see {@link EventReader#floor}.
   *
   * @throws Refusal UNAVAILABLE where it cannot be read now
   */
  public ResumeToken floor() {
    return read(EventReader::floor);
  }

  private <T> T read(Database.Query<T> query) {
    try {
      if (connection == null) {
        connection = database.open(PATIENCE);
        IndexPlans.keep(connection);
      }
      return query.on(connection);
    } catch (SQLException away) {
      close();
      throw Refusal.of(
          Refusal.Sort.UNAVAILABLE,
          "DATABASE_UNAVAILABLE",
          "",
          "the event log cannot be read: " + away.getMessage() + "; trying again");
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
