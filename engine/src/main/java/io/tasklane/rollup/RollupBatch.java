package io.tasklane.rollup;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.key.QueueKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What the next events of the log add to the rollups.
 *
 * @param from the position after which they were read
 * @param to the position of the last of them
 * @param events how many were read, those included that are not counted
 * @param counts what they add
 */
record RollupBatch(
    RollupCursor from, RollupCursor to, int events, Map<RollupKey, RollupCounts> counts) {
  /** Only the few columns that are counted: the log is read once more for this. */
  private static final String NEXT =
      """
      SELECT xid, seq, kind, queue, task_type, move, from_state, to_state, time, since
      FROM task_event WHERE (xid, seq) > (:xid, :seq)
        AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      ORDER BY xid, seq LIMIT :limit""";

  /** Reads the next events after the cursor that readers may see, at most so many. */
  static RollupBatch next(Connection connection, RollupCursor from, int limit) throws SQLException {
    Reading reading = new Reading(from);
    NamedSql.on(connection, NEXT)
        .set("xid", from.transaction())
        .set("seq", from.sequence())
        .set("limit", limit)
        .each(reading::take);
    return new RollupBatch(from, reading.last, reading.events, reading.fold.counts());
  }

  /** One pass over the rows. */
  private static final class Reading {
    private final RollupFold fold = new RollupFold();
    private RollupCursor last;
    private int events;

    Reading(RollupCursor from) {
      last = from;
    }

    void take(ResultSet row) throws SQLException {
      last = new RollupCursor(row.getLong("xid"), row.getLong("seq"));
      events++;
      int move = row.getInt("move");
      if (row.getInt("kind") == EventKind.TASK_MOVED.code() && move != 0) {
        int from = row.getInt("from_state");
        fold.add(
            new RollupEvent(
                new QueueKey(row.getInt("queue")),
                row.getString("task_type"),
                Move.of(move),
                from == 0 ? Optional.empty() : Optional.of(TaskState.of(from)),
                TaskState.of(row.getInt("to_state")),
                Rows.instant(row, "time").orElseThrow(),
                Rows.instant(row, "since")));
      }
    }
  }
}
