package io.tasklane.queue.admin;

import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The number of unfinished tasks of a queue in one snapshot. Counting may read many rows, so it is
 * done before the command that needs it; the command then looks only at what moved since.
 *
 * @param count tasks that had not ended
 * @param horizon all transactions below this one had ended, so the count includes them
 */
public record Unfinished(long count, long horizon) {
  private static final String COUNT =
      """
      SELECT (SELECT count(*) FROM task WHERE queue = :queue AND state < %d),
          pg_snapshot_xmin(pg_current_snapshot())::text::bigint"""
          .formatted(TaskState.SUCCEEDED.code()); // the final states are this one and those above

  /** Whatever moves a task also writes an event with its transaction id. */
  private static final String MOVED_SINCE =
      """
      SELECT count(DISTINCT k.id) FROM task_event e JOIN task k ON k.id = e.task
      WHERE e.xid >= :horizon AND e.queue = :queue AND k.state < %d"""
          .formatted(TaskState.SUCCEEDED.code());

  /** Counts the unfinished tasks of this queue. */
  public static Unfinished of(Connection connection, QueueKey queue) throws SQLException {
    return NamedSql.on(connection, COUNT)
        .set("queue", queue)
        .one(row -> new Unfinished(row.getLong(1), row.getLong(2)));
  }

  /**
   * How many there are now, read in a transaction that keeps new ones out. Exact if it is 0: a task
   * that has not ended was counted then, or has moved since.
   */
  long now(Connection connection, QueueKey queue) throws SQLException {
    if (count > 0) {
      return count;
    }
    return NamedSql.on(connection, MOVED_SINCE)
        .set("horizon", horizon)
        .set("queue", queue)
        .one(row -> row.getLong(1));
  }
}
