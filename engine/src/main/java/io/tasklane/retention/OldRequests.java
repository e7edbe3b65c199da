package io.tasklane.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Removes answers to requests, which are kept for a day. It reads the whole table, a few pages at a
 * time: a daily run reads each answer once or twice, which is less work than an index on the time
 * adds to every answer.
 */
final class OldRequests implements Sweep {
  private static final int PAGES_AT_ONCE = 64;

  private static final String PAGES =
      "SELECT pg_relation_size('request_log') / current_setting('block_size')::int";

  private static final String REMOVE =
      """
      DELETE FROM request_log WHERE ctid >= ?::tid AND ctid < ?::tid
        AND create_time < clock_timestamp() - interval '1 day'""";

  private long pages = -1;
  private long next;

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    if (pages < 0) {
      pages = pages(connection); // later pages hold young answers
    }
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      statement.setString(1, firstOf(next));
      next += PAGES_AT_ONCE;
      statement.setString(2, firstOf(next));
      counts.add(Removed.REQUESTS, statement.executeUpdate());
    }
    return next < pages;
  }

  private static long pages(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PAGES)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The tid before the first row of a page. */
  private static String firstOf(long page) {
    return "(" + page + ",0)";
  }
}
