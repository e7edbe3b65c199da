package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import io.tasklane.rollup.RollupReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Removes rows of a table by their age alone, the oldest first. */
final class OldRows implements Sweep {
  private static final int AT_ONCE = 1_000;

  private final String sql;
  private final Removed kind;
  private final Duration age;

  private OldRows(Removed kind, String sql, Duration age) {
    this.kind = kind;
    this.sql = sql.formatted(AT_ONCE);
    this.age = age;
  }

  /**
   * Ids of published events that are older than this and than every remaining event; to be removed
   * after the events.
   */
  static Sweep eventIds(Duration age) {
    return new OldRows(
        Removed.EVENT_IDS,
        """
        DELETE FROM published_event WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM published_event
          WHERE time < least(clock_timestamp() - :age * interval '1 ms', (
              SELECT min(to_date(right(c.relname, 10), 'YYYY_MM_DD')) AT TIME ZONE 'UTC'
              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = 'task_event'::regclass AND c.relname <> 'task_event_rest'))
          ORDER BY time LIMIT %d))""",
        age);
  }

  /** Effects that nobody has asked for or changed since. */
  static Sweep effects(Duration age) {
    return new OldRows(
        Removed.EFFECTS,
        """
        DELETE FROM effect WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM effect
          WHERE change_time < clock_timestamp() - :age * interval '1 ms'
          ORDER BY change_time LIMIT %d))""",
        age);
  }

  /**
   * Facts that have been absent for an hour. No transaction lasts that long, so nobody needs the
   * row to notice that the fact changed meanwhile.
   */
  static Sweep facts() {
    return new OldRows(
        Removed.FACTS,
        """
        DELETE FROM fact WHERE name = ANY (ARRAY(
          SELECT name FROM fact WHERE expire_time < clock_timestamp() - :age * interval '1 ms'
          ORDER BY expire_time LIMIT %d FOR UPDATE SKIP LOCKED))""",
        Duration.ofHours(1));
  }

  /** Which events have started what; no event is looked at again that is older than this. */
  static Sweep triggerStarts(Duration age) {
    return new OldRows(
        Removed.TRIGGER_STARTS,
        """
        DELETE FROM trigger_start WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM trigger_start
          WHERE time < clock_timestamp() - :age * interval '1 ms'
          ORDER BY time LIMIT %d))""",
        age);
  }

  /** Rollups of the event log; no forecast looks at older ones. */
  static Sweep rollups() {
    return new OldRows(
        Removed.ROLLUPS,
        """
        DELETE FROM rollup WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM rollup
          WHERE minute < clock_timestamp() - :age * interval '1 ms'
          ORDER BY minute LIMIT %d))""",
        RollupReader.KEPT);
  }

  /** Keys of messages, longer than a broker delivers one again. */
  static Sweep messages() {
    return new OldRows(
        Removed.MESSAGES,
        """
        DELETE FROM ingress_inbox WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM ingress_inbox
          WHERE time < clock_timestamp() - :age * interval '1 ms'
          ORDER BY time LIMIT %d))""",
        Duration.ofDays(7));
  }

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    int removed = NamedSql.on(connection, sql).set("age", age.toMillis()).update();
    counts.add(kind, removed);
    return removed == AT_ONCE;
  }
}
