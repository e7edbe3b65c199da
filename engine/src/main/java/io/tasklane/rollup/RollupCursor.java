package io.tasklane.rollup;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A position in the log up to which events were counted.
 *
 * @param transaction first half
 * @param sequence second half
 */
record RollupCursor(long transaction, long sequence) {
  private static final String QUIET =
      """
      SELECT xid, seq FROM rollup_cursor
      WHERE time IS NULL OR time < clock_timestamp() - :quiet * interval '1 ms'""";

  /** The cursor, if it has not moved for so long: else another node is at work. */
  static Optional<RollupCursor> quiet(Connection connection, Duration quiet) throws SQLException {
    return NamedSql.on(connection, QUIET)
        .set("quiet", quiet.toMillis())
        .first(row -> new RollupCursor(row.getLong("xid"), row.getLong("seq")));
  }
}
