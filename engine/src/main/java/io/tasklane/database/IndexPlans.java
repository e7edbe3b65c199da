package io.tasklane.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads along indexes, whatever the planner may believe about a table: statistics are old just when
 * much is new, and a plan that reads all that match, to sort it, is slow just when much does.
 */
public final class IndexPlans {
  private static final String SETTINGS =
      "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL jit = off";

  /** Plans are made once, while tables may still be empty, and must hold for a million rows. */
  private static final String FOR_GOOD =
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off";

  private IndexPlans() {}

  /** Has a connection that does the same again and again plan it once, along indexes. */
  public static void keep(Connection connection) throws SQLException {
    try (Statement settings = connection.createStatement()) {
      settings.execute(FOR_GOOD);
    }
  }

  /** Reads so on a connection in autocommit, in a transaction that is rolled back. */
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
