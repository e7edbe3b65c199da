package io.tasklane.task.store;

import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.task.Move;
import io.tasklane.task.Priority;
import io.tasklane.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes ready what has come due, by the database's clock. The command is how many at most. */
public final class ReleaseDue implements CommandKind<Integer, Integer> {
  private static final String SQL =
      """
      %1$s,
      due AS MATERIALIZED (
        SELECT d.due, d.task, k.state_time AS since, k.state
        FROM task_due d JOIN task k ON k.id = d.task, t
        WHERE d.due <= t.at AND k.state IN (%2$d, %6$d) AND k.move_xid <= t.xid
        ORDER BY d.due, d.task LIMIT ? FOR UPDATE OF d, k SKIP LOCKED),
      gone AS (
        DELETE FROM task_due d USING due x WHERE d.due = x.due AND d.task = x.task),
      moved AS (
        UPDATE task k SET state = %3$d, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), next_attempt_time = NULL
        FROM due x, t WHERE k.id = x.task
        RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
            k.task_type, k.name, k.failure_code, x.state AS from_state, x.since, %4$d AS move,
            'system:due' AS actor, NULL AS data),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 1, -priority, id FROM moved),
      %5$s
      SELECT queue, id, priority FROM moved"""
          .formatted(
              TaskMoves.NOW,
              TaskState.RETRY_WAIT.code(),
              TaskMoves.target(TaskState.RETRY_WAIT, Move.COME_DUE), // as out of SCHEDULED
              Move.COME_DUE.code(),
              TaskMoves.LOGGED,
              TaskState.SCHEDULED.code());

  private final Hints hints;

  /** Tells these of every task released. */
  public ReleaseDue(Hints hints) {
    this.hints = hints;
  }

  @Override
  public int rank() {
    return 40;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      int released = 0;
      try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
        statement.setInt(1, limit);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            released++;
            int queue = rows.getInt(1);
            long task = rows.getLong(2);
            Priority priority = new Priority(rows.getInt(3));
            batch.afterCommit(() -> hints.ready(queue, task, priority));
          }
        }
      }
      outcomes.add(Outcome.done(released));
    }
    return outcomes;
  }
}
