package io.tasklane.trigger;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventReader;
import io.tasklane.event.EventRows;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.fact.FactsAt;
import io.tasklane.feature.TemplateStarts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks triggers about the next events of the log, in its order, and starts what follows: at once,
 * or when a window ends. All of it moves in one transaction with the position in the log. The
 * command is the maximum number of events; the result is how many events were looked at and windows
 * closed.
 *
 * @param templates starts workflows
 * @param rows reads the log
 */
record FireTriggers(TemplateStarts templates, EventRows rows)
    implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  static final String PROBE =
      """
      SELECT EXISTS (
          SELECT FROM trigger_window WHERE end_time <= clock_timestamp() OR is_full)
        OR EXISTS (SELECT FROM event_trigger WHERE NOT disabled) AND EXISTS (
          SELECT FROM task_event e, trigger_cursor c WHERE (e.xid, e.seq) > (c.xid, c.seq)
            AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)""";

  /** SQL: the types of events that enabled triggers wait for. */
  static final String TYPES =
      "SELECT DISTINCT definition::json ->> 'event_type' FROM event_trigger WHERE NOT disabled";

  /** One node at a time. */
  private static final String CURSOR =
      "SELECT xid, seq, clock_timestamp() AS now FROM trigger_cursor FOR UPDATE SKIP LOCKED";

  private static final String MOVE = "UPDATE trigger_cursor SET xid = :xid, seq = :seq";

  /** The time of the first event that was not looked at, though readers may not see it yet. */
  private static final String UNREAD =
      """
      SELECT e.time FROM task_event e, trigger_cursor c WHERE (e.xid, e.seq) > (c.xid, c.seq)
      ORDER BY e.xid, e.seq LIMIT 1""";

  private static final int MOST_WINDOWS = 20;

  private record Position(ResumeToken token, Instant now) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.FIRE_TRIGGERS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    Optional<Position> cursor =
        NamedSql.on(connection, CURSOR)
            .first(
                row ->
                    new Position(
                        new ResumeToken("", row.getLong("xid"), row.getLong("seq")),
                        Rows.instant(row, "now").orElseThrow()));
    if (cursor.isEmpty()) {
      return Outcome.done(0);
    }
    Firing firing = new Firing(batch, new Starts(templates), cursor.get().now());
    try {
      int seen = look(connection, firing, cursor.get().token(), limit);
      int closed = firing.close(seenUntil(connection, cursor.get().now()), MOST_WINDOWS);
      firing.writeCounts();
      return Outcome.done(seen + closed);
    } catch (FactsAt.UnreadException unread) {
      throw unread.failure();
    }
  }

  private int look(Connection connection, Firing firing, ResumeToken from, int limit)
      throws SQLException {
    List<TriggerRow> triggers = new TriggerReader(connection).lockEnabled();
    if (triggers.isEmpty()) {
      return 0;
    }
    List<LogEvent> events = new EventReader(connection, rows).after(from, limit);
    int looked = firing.look(triggers, events);
    if (looked > 0) {
      LogEvent last = events.get(looked - 1);
      NamedSql.on(connection, MOVE)
          .set("xid", last.transaction())
          .set("seq", last.sequence())
          .update();
    }
    return looked;
  }

  /**
   * Every event with an earlier time was looked at, but for one of a transaction that still runs.
   */
  private static Instant seenUntil(Connection connection, Instant now) throws SQLException {
    return NamedSql.on(connection, UNREAD)
        .first(row -> Rows.instant(row, "time").orElseThrow())
        .filter(now::isAfter)
        .orElse(now);
  }
}
