package io.tasklane.monitor;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.ResumeToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is read from the database once a second to report its health.
 *
 * @param lag age of the first committed event after those that readers here have seen; zero if
 *     there is none
 * @param heldBack whether that event waits for a transaction that is still open, rather than for
 *     the reader
 * @param owners by queue id the living node that owns it, empty if there is none
 */
public record DatabaseHealth(Duration lag, boolean heldBack, Map<String, Optional<String>> owners) {
  /** Before the first read. */
  public static final DatabaseHealth UNKNOWN = new DatabaseHealth(Duration.ZERO, false, Map.of());

  private static final String FIRST_UNSEEN =
      """
      SELECT greatest(0, extract(epoch FROM clock_timestamp() - time) * 1000)::bigint,
          xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      FROM task_event WHERE (xid, seq) > (:xid, :seq) ORDER BY xid, seq LIMIT 1""";
  private static final String OWNERS =
      """
      SELECT q.name, l.node FROM queue q JOIN queue_owner o ON o.queue = q.id
      LEFT JOIN node_lease l
        ON l.node = o.node AND l.incarnation = o.incarnation AND NOT l.dead
      WHERE q.delete_time IS NULL""";

  /**
   * Reads all of it.
   *
   * @param seen what readers on this node have seen of the log
   */
  public static DatabaseHealth read(Connection connection, ResumeToken seen) throws SQLException {
    Map<String, Optional<String>> owners = new TreeMap<>();
    NamedSql.on(connection, OWNERS).each(row -> owners.put(row.getString(1), Rows.text(row, 2)));
    return NamedSql.on(connection, FIRST_UNSEEN)
        .set("xid", seen.transaction())
        .set("seq", seen.sequence())
        .first(
            row -> new DatabaseHealth(Duration.ofMillis(row.getLong(1)), row.getBoolean(2), owners))
        .orElse(new DatabaseHealth(Duration.ZERO, false, owners));
  }
}
