package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;

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
      DELETE FROM request_log WHERE ctid >= :first::tid AND ctid < :last::tid
        AND create_time < clock_timestamp() - interval '1 day'""";

  private long pages = -1;
  private long next;

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    if (pages < 0) { // later pages hold young answers
      pages = NamedSql.on(connection, PAGES).one(row -> row.getLong(1));
    }
    int removed =
        NamedSql.on(connection, REMOVE)
            .set("first", firstOf(next))
            .set("last", firstOf(next + PAGES_AT_ONCE))
            .update();
    next += PAGES_AT_ONCE;
    counts.add(Removed.REQUESTS, removed);
    return next < pages;
  }

  /** The tid before the first row of a page. */
  private static String firstOf(long page) {
    return "(" + page + ",0)";
  }
}
