package io.tasklane.event;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.feature.EventRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the log in its order. It never goes beyond the oldest transaction that still runs, so that
 * no event that commits late is passed over; and it reads fewer events than asked for where their
 * data would be large, so that memory stays bounded: only an empty answer means that there are no
 * more.
 *
 * @param connection to read on
 * @param rows reads its rows
 */
public record EventReader(Connection connection, EventRows rows) {
  /** The last event read may exceed it. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final String AFTER =
      bounded("xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
  private static final String BETWEEN = bounded("(xid, seq) <= (:to_xid, :to_seq)");
  private static final String NEWEST =
      BETWEEN.replace("ORDER BY xid, seq", "ORDER BY xid DESC, seq DESC");
  private static final String END =
      """
      SELECT system_identifier, coalesce(e.xid, f.xid) AS xid, coalesce(e.seq, f.seq) AS seq
      FROM pg_control_system(), event_floor f LEFT JOIN LATERAL (
        SELECT xid, seq FROM task_event
        WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        ORDER BY xid DESC, seq DESC LIMIT 1) e ON true""";
  private static final String FLOOR =
      "SELECT system_identifier, xid, seq FROM event_floor, pg_control_system()";

  private static String bounded(String end) {
    return """
        SELECT %s FROM (
          SELECT e.*, coalesce(octet_length(data), 0) AS size, sum(octet_length(data))
              OVER (ORDER BY xid, seq ROWS UNBOUNDED PRECEDING) AS sizes
          FROM (
            SELECT * FROM task_event WHERE (xid, seq) > (:from_xid, :from_seq) AND %s
            ORDER BY xid, seq LIMIT :limit) e) s
        WHERE sizes IS NULL OR sizes - size < %d
        ORDER BY xid, seq"""
        .formatted(EventRow.columns("s"), end, MOST_BYTES);
  }

  /** The next events that readers may see. */
  public List<LogEvent> after(ResumeToken position, int limit) throws SQLException {
    return from(AFTER, position, limit).list(rows::read);
  }

  /** The events behind one position and up to another. */
  public List<LogEvent> between(ResumeToken from, ResumeToken to, int limit) throws SQLException {
    return within(BETWEEN, from, to, limit);
  }

  /** The last events behind one position and up to another, the newest first. */
  public List<LogEvent> newest(ResumeToken from, ResumeToken to, int limit) throws SQLException {
    return within(NEWEST, from, to, limit);
  }

  private List<LogEvent> within(String sql, ResumeToken from, ResumeToken to, int limit)
      throws SQLException {
    return from(sql, from, limit)
        .set("to_xid", to.transaction())
        .set("to_seq", to.sequence())
        .list(rows::read);
  }

  private Parameters from(String sql, ResumeToken from, int limit) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("from_xid", from.transaction())
        .set("from_seq", from.sequence())
        .set("limit", limit);
  }

  /**
   * The position of the last event that readers may see, or else of where the log begins. It is one
   * that has reached the disk: numbers of transactions that have not are given again after a crash.
   */
  public static ResumeToken end(Connection connection) throws SQLException {
    return position(connection, END);
  }

  /**
   * The position up to which the log is gone: the oldest to read from. Asked for behind a read, it
   * tells whether that read may have missed something.
   */
  public static ResumeToken floor(Connection connection) throws SQLException {
    return position(connection, FLOOR);
  }

  private static ResumeToken position(Connection connection, String sql) throws SQLException {
    return NamedSql.on(connection, sql)
        .one(row -> new ResumeToken(generation(row), row.getLong("xid"), row.getLong("seq")));
  }

  private static String generation(ResultSet row) throws SQLException {
    return Long.toString(row.getLong("system_identifier"), Character.MAX_RADIX);
  }
}
