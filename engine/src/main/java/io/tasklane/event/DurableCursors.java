package io.tasklane.event;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The readers of the log that go on where they were, whichever node they are on. */
public final class DurableCursors {
  private static final String OLDEST =
      """
      SELECT xid, seq FROM (
        SELECT xid, seq FROM event_topic WHERE node IS NOT NULL
        UNION ALL
        SELECT xid, seq FROM rollup_cursor WHERE time IS NOT NULL
        UNION ALL
        SELECT xid, seq FROM workflow_cursor WHERE EXISTS (SELECT FROM workflow_wait)
        UNION ALL
        SELECT xid, seq FROM trigger_cursor
        WHERE EXISTS (SELECT FROM event_trigger WHERE NOT disabled)) c
      ORDER BY xid, seq LIMIT 1""";

  private DurableCursors() {}

  /** The position of the one that is furthest behind, empty where there is none. */
  public static Optional<ResumeToken> oldest(Connection connection) throws SQLException {
    return NamedSql.on(connection, OLDEST)
        .first(row -> new ResumeToken("", row.getLong("xid"), row.getLong("seq")));
  }
}
