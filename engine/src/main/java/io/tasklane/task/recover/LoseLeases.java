package io.tasklane.task.recover;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.deadletter.Fingerprint;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Failure;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the leases of a dead node. Its tasks return to the front of their queue without having used
 * an attempt; at the third loss they fail; tasks that were being cancelled are cancelled. {@link
 * LostLease} decides the same.
 *
 * @param ends runs the listeners of tasks whose leases are lost
 */
public record LoseLeases(TaskEnds ends) {
  private static final String FINGERPRINT =
      Fingerprint.of(new Failure(Failure.Kind.LEASE_LOST, "LEASE_LOST", "", "", Instant.EPOCH));
  public static final String SQL =
      """
      %1$s,
      lost AS (
        DELETE FROM task_lease WHERE queue = :queue
          AND (node <> :node OR incarnation <> :incarnation)
        RETURNING task, token, node),
      cur AS MATERIALIZED (
        SELECT k.id, k.state, k.state_time, k.attempt, k.start_time, k.lost_count, k.move_xid,
            lost.token, lost.node
        FROM lost JOIN task k ON k.id = lost.task
        WHERE k.fencing_token = lost.token AND k.state IN (%10$d, %2$d)
        FOR UPDATE OF k),
      old AS MATERIALIZED (
        SELECT k.*,
            CASE WHEN k.state = %2$d THEN %3$d WHEN k.lost_count + 1 >= %4$d THEN %5$d ELSE %6$d END
              AS to_state,
            CASE WHEN k.state = %2$d THEN %7$d WHEN k.lost_count + 1 >= %4$d THEN %8$d ELSE %9$d END
              AS move
        FROM cur k, t WHERE k.move_xid <= t.xid),
      moved AS (
        UPDATE task k SET %17$s, lost_count = k.lost_count + 1,
            attempt = k.attempt - CASE WHEN old.move = %9$d THEN 1 ELSE 0 END,
            end_time = CASE WHEN old.to_state <> %6$d THEN t.at END,
            failure_kind = CASE WHEN old.to_state = %5$d THEN %11$d END,
            failure_code = CASE WHEN old.to_state = %5$d THEN 'LEASE_LOST' END,
            failure_message = CASE WHEN old.to_state = %5$d
              THEN 'node ' || old.node || ' is gone; ' || %4$d || ' runs were lost so' END,
            failure_trace = CASE WHEN old.to_state = %5$d THEN '' END,
            failure_time = CASE WHEN old.to_state = %5$d THEN t.at END
        FROM old, t WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, old.move,
            'nodes/' || old.node AS actor, NULL AS data),
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, failure_kind,
            failure_code, failure_message, failure_trace)
        SELECT old.id, old.token, old.attempt, old.node, old.start_time, t.at, %11$d, 'LEASE_LOST',
            'node ' || old.node || ' is gone', ''
        FROM old, t),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 0, order_key, id FROM moved WHERE state = %6$d),
      dead_lettered AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT moved.id, moved.queue, moved.task_type, 'LEASE_LOST', '%13$s', t.at
        FROM moved, t WHERE state = %5$d),
      %14$s,
      %12$s
      SELECT EXISTS (SELECT FROM cur WHERE cur.move_xid > t.xid) AS newer, %15$s
      FROM t LEFT JOIN moved m ON %16$s"""
          .formatted(
              TaskMoves.NOW,
              TaskState.CANCELLING.code(),
              TaskMoves.target(TaskState.CANCELLING, Move.CANCEL),
              LostLease.MAXIMUM_LOSSES,
              TaskMoves.target(TaskState.RUNNING, Move.FAIL),
              TaskMoves.target(TaskState.RUNNING, Move.LOSE_LEASE),
              Move.CANCEL.code(),
              Move.FAIL.code(),
              Move.LOSE_LEASE.code(),
              TaskState.RUNNING.code(),
              Failure.Kind.LEASE_LOST.code(),
              TaskMoves.LOGGED,
              FINGERPRINT,
              TaskMoves.DEDUPLICATED,
              EndedRows.COLUMNS,
              EndedRows.AWAITED,
              TaskMoves.to("old.to_state"));

  /**
   * Ends all leases of the queue except those of this start of this node.
   *
   * @throws SQLException also where a task moved in a newer transaction, so that this one is rolled
   *     back and tried again: the log has the moves of a task in the order of transactions
   */
  public void loseAllBut(Batch batch, QueueKey queue, String node, long incarnation)
      throws SQLException {
    List<EndedTask> lost = new ArrayList<>();
    NamedSql.on(batch.connection(), SQL)
        .set("queue", queue)
        .set("node", node)
        .set("incarnation", incarnation)
        .each(
            row -> {
              if (row.getBoolean("newer")) {
                throw Again.because("a task of queue " + queue + " moved meanwhile");
              }
              if (row.getObject("id") != null) {
                lost.add(EndedRows.read(row));
              }
            });
    ends.after(batch, lost);
  }
}
