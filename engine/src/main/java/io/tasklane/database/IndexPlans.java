package io.tasklane.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes PostgreSQL read along indexes, whatever the planner assumes about a table: statistics are
 * outdated exactly when many rows are new, and a plan that reads and sorts all matching rows is
 * slow exactly when many match.
 */
public final class IndexPlans {
  private static final String SETTINGS =
      "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL jit = off";

  /** Plans are made once, while tables may still be empty, and must be good for a million rows. */
  private static final String FOR_GOOD =
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off";

  private IndexPlans() {}

  /** Makes a connection that repeats the same statements plan them once, along indexes. */
  public static void keep(Connection connection) throws SQLException {
    try (Statement settings = connection.createStatement()) {
      settings.execute(FOR_GOOD);
    }
  }

  /**
   * Runs a query along indexes on a connection in autocommit mode, in a transaction that is rolled
   * back.
   */
  public static <T> T on(Connection connection, Database.Query<T> read) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement settings = connection.createStatement()) {
      settings.execute(SETTINGS);
      return read.on(connection);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
