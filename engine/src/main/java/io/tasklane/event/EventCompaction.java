package io.tasklane.event;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Removes the oldest days of the log, and in the same transaction notes the position up to which it
 * is gone, so that no reader takes what is missing for what never was. It removes nothing that a
 * reader has not been able to see yet, and nothing that a durable cursor still needs.
 *
 * @param kept how long events are kept at least
 * @param needed finds the position of the durable cursor that is furthest behind, empty where there
 *     is none; nothing behind it is removed
 */
public record EventCompaction(Duration kept, Database.Query<Optional<ResumeToken>> needed) {
  private static final Logger LOG = Logger.getLogger(EventCompaction.class.getName());

  /** Every writer of the log waits while this waits for its lock. */
  private static final String LOCK =
      "SET LOCAL lock_timeout = '200ms'; LOCK TABLE task_event IN ACCESS EXCLUSIVE MODE";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String OLDEST =
      """
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'task_event'::regclass AND c.relname <> 'task_event_rest'
        AND to_date(right(c.relname, 10), 'YYYY_MM_DD') + 1
          <= (clock_timestamp() - :kept * interval '1 ms') AT TIME ZONE 'UTC'
      ORDER BY c.relname LIMIT 1""";
  private static final String LAST =
      """
      SELECT xid, seq, xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS readable
      FROM %s ORDER BY xid DESC, seq DESC LIMIT 1""";
  private static final String RAISE_FLOOR =
      "UPDATE event_floor SET xid = :xid, seq = :seq WHERE (xid, seq) < (:xid, :seq)";
  private static final String STRAY =
      """
      WITH old AS MATERIALIZED (
        SELECT ctid FROM task_event_rest
        WHERE time < clock_timestamp() - :kept * interval '1 ms' AND (xid, seq) <= (:xid, :seq)
          AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        ORDER BY xid, seq LIMIT :limit),
      gone AS (DELETE FROM task_event_rest WHERE ctid IN (SELECT ctid FROM old) RETURNING xid, seq),
      last AS (SELECT xid, seq FROM gone ORDER BY xid DESC, seq DESC LIMIT 1),
      raised AS (
        UPDATE event_floor f SET xid = l.xid, seq = l.seq FROM last l
        WHERE (f.xid, f.seq) < (l.xid, l.seq))
      SELECT count(*) FROM gone""";

  /** What became of the wish to remove the oldest day. */
  public enum Drop {
    /** It is gone. */
    DONE,
    /** Somebody was at the log all the time: to be tried again. */
    BUSY,
    /** None is old enough, or somebody still needs it. */
    NOTHING
  }

  /** Removes the oldest day, if it is old enough and nobody needs it. */
  public Drop dropOldestDay(Connection connection) throws SQLException {
    Optional<String> oldest = oldest(connection);
    if (oldest.isEmpty()) {
      return Drop.NOTHING;
    }
    connection.setAutoCommit(false);
    try {
      boolean dropped = drop(connection, oldest.get());
      connection.commit();
      return dropped ? Drop.DONE : Drop.NOTHING;
    } catch (SQLException failed) {
      connection.rollback();
      if (LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        LOG.fine(oldest.get() + " is in use just now");
        return Drop.BUSY;
      }
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Optional<String> oldest(Connection connection) throws SQLException {
    return NamedSql.on(connection, OLDEST)
        .set("kept", kept.toMillis())
        .first(row -> row.getString(1));
  }

  private boolean drop(Connection connection, String partition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
      try (ResultSet last = statement.executeQuery(LAST.formatted(partition))) {
        if (last.next()) {
          if (!last.getBoolean("readable")
              || isNeeded(connection, last.getLong("xid"), last.getLong("seq"))) {
            return false;
          }
          NamedSql.on(connection, RAISE_FLOOR)
              .set("xid", last.getLong("xid"))
              .set("seq", last.getLong("seq"))
              .update();
        }
      }
      statement.execute("DROP TABLE " + partition);
      return true;
    }
  }

  private boolean isNeeded(Connection connection, long xid, long seq) throws SQLException {
    return needed
        .on(connection)
        .filter(cursor -> cursor.compareTo(new ResumeToken(cursor.generation(), xid, seq)) < 0)
        .isPresent();
  }

  /** Removes old events of days for which there was no partition; gives their number. */
  public int deleteStray(Connection connection, int limit) throws SQLException {
    Optional<ResumeToken> cursor = needed.on(connection);
    return NamedSql.on(connection, STRAY)
        .set("kept", kept.toMillis())
        .set("xid", cursor.map(ResumeToken::transaction).orElse(Long.MAX_VALUE))
        .set("seq", cursor.map(ResumeToken::sequence).orElse(Long.MAX_VALUE))
        .set("limit", limit)
        .one(row -> row.getInt(1));
  }
}
