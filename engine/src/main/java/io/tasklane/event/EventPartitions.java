package io.tasklane.event;

import io.tasklane.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.logging.Logger;

/** Keeps a partition of the log ready for today and the days ahead. */
public final class EventPartitions {
  private static final Logger LOG = Logger.getLogger(EventPartitions.class.getName());
  private static final String CHECK_VIOLATION = "23514";
  private static final int DAYS_AHEAD = 3;

  private EventPartitions() {}

  /** Creates the partitions of the coming days that are missing. */
  public static void keepAhead(Database database) {
    database.with(
        connection -> {
          keepAhead(connection);
          return null;
        });
  }

  /** Makes the partitions that are missing, by the database's own clock in UTC. */
  public static void keepAhead(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      LocalDate today;
      try (ResultSet row =
          statement.executeQuery("SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date")) {
        row.next();
        today = row.getObject(1, LocalDate.class);
      }
      for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
        LocalDate day = today.plusDays(ahead);
        String name = "task_event_" + day.toString().replace('-', '_');
        if (!exists(statement, name)) {
          createUnlessStray(statement, name, day);
        }
      }
    }
  }

  private static boolean exists(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + name + "')")) {
      row.next();
      return row.getString(1) != null;
    }
  }

  /** A day whose events are in the rest already stays there: no other table may hold them now. */
  private static void createUnlessStray(Statement statement, String name, LocalDate day)
      throws SQLException {
    try {
      create(statement, name, day);
    } catch (SQLException refused) {
      if (!CHECK_VIOLATION.equals(refused.getSQLState())) {
        throw refused;
      }
      LOG.warning(name + " cannot be made, because events of that day are in task_event_rest");
    }
  }

  private static void create(Statement statement, String name, LocalDate day) throws SQLException {
    statement.execute(
        """
        CREATE TABLE IF NOT EXISTS %s PARTITION OF task_event
        FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')"""
            .formatted(name, day, day.plusDays(1)));
  }
}
