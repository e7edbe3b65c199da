package io.tasklane.task.due;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.ordering.KeyedTask;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes due tasks ready, by the database's clock. The command is the maximum number of tasks.
 *
 * @param gates pass on the turn of ordering keys
 * @param signals sent for every released task
 */
public record ReleaseDue(OrderingGates gates, ReadySignals signals)
    implements SingleCommand<Integer, Integer> {
  public static final String SQL =
      """
      %1$s,
      first AS MATERIALIZED (
        SELECT d.ctid AS row, d.task FROM task_due d
        WHERE d.due <= (SELECT at FROM t) AND EXISTS (SELECT FROM task k
          WHERE k.id = d.task AND k.state IN (%2$d, %6$d) AND k.move_xid <= (SELECT xid FROM t)
          OFFSET 0)
        ORDER BY d.due, d.task LIMIT :limit FOR UPDATE OF d SKIP LOCKED),
      due AS MATERIALIZED (
        SELECT f.row, f.task, k.state, k.state_time AS since
        FROM first f CROSS JOIN LATERAL (
          SELECT state, state_time FROM task
          WHERE id = f.task AND state IN (%2$d, %6$d) AND move_xid <= (SELECT xid FROM t)
          FOR UPDATE SKIP LOCKED) k),
      gone AS (
        DELETE FROM task_due d WHERE d.ctid = ANY (ARRAY(SELECT row FROM due))),
      moved AS (
        UPDATE task k SET %3$s, next_attempt_time = NULL
        FROM due x, t WHERE k.id = x.task
        RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
            k.task_type, k.name, k.failure_code, k.order_key, k.ordering_key, k.key_waits,
            x.state AS from_state, x.since, %4$d AS move,
            'system:due' AS actor, NULL AS data),
      %7$s,
      %5$s
      SELECT queue, id, priority, key_waits, ordering_key FROM moved"""
          .formatted(
              TaskMoves.NOW,
              TaskState.RETRY_WAIT.code(),
              TaskMoves.to(
                  TaskMoves.target(
                      TaskState.RETRY_WAIT, Move.COME_DUE)), // the same as from SCHEDULED
              Move.COME_DUE.code(),
              TaskMoves.LOGGED,
              TaskState.SCHEDULED.code(),
              TaskMoves.READY);

  @Override
  public CommandOrder order() {
    return CommandOrder.RELEASE_DUE;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    List<KeyedTask> rested = new ArrayList<>();
    List<TaskKey> released =
        NamedSql.on(batch.connection(), SQL)
            .set("limit", limit)
            .list(row -> note(batch, row, rested));
    gates.comeBack(batch, rested);
    return Outcome.done(released.size());
  }

  private TaskKey note(Batch batch, ResultSet row, List<KeyedTask> rested) throws SQLException {
    QueueKey queue = new QueueKey(row.getInt("queue"));
    TaskKey task = new TaskKey(row.getLong("id"));
    Priority priority = new Priority(row.getInt("priority"));
    if (row.getBoolean("key_waits")) {
      rested.add(new KeyedTask(row.getString("ordering_key"), task));
    } else {
      batch.afterCommit(() -> signals.ready(queue, task, priority));
    }
    return task;
  }
}
