package io.tasklane.task.recover;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.deadletter.Fingerprint;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Failure;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the leases of a dead node. Its tasks return to the front of their queue without having used
 * an attempt; what is lost alone fails from the third loss on; tasks that were being cancelled are
 * cancelled. {@link Loss} and {@link LostLease} decide the same.
 *
 * @param ends runs the listeners of tasks whose leases are lost
 * @param signals sent for when other tasks need not wait for the suspects any more
 */
public record LoseLeases(TaskEnds ends, ReadySignals signals) {
  private static final String FINGERPRINT =
      Fingerprint.of(new Failure(Failure.Kind.LEASE_LOST, "LEASE_LOST", "", "", Instant.EPOCH));

  /**
   * Enters all runs of dead nodes, of whatever queue, as suspects: whether a run was lost alone can
   * only be seen before the leases of the first queue are gone. What was known of such a run before
   * stays. The order keeps nodes that take queues at the same time from waiting for one another.
   */
  static final String SUSPECT =
      """
      INSERT INTO task_suspect (task, queue, token, alone, since)
      SELECT l.task, l.queue, l.token, count(*) OVER (PARTITION BY l.node, l.incarnation) = 1,
          clock_timestamp()
      FROM task_lease l LEFT JOIN node_lease n ON n.node = l.node
      WHERE l.worker IS NULL AND (n.node IS NULL OR n.dead OR n.incarnation <> l.incarnation)
        AND n.stopping IS DISTINCT FROM l.incarnation
      ORDER BY l.task
      ON CONFLICT (task) DO UPDATE SET queue = excluded.queue, token = excluded.token,
          alone = excluded.alone, since = excluded.since, told = false
      WHERE task_suspect.token <> excluded.token""";

  /** The suspects of a queue that was taken over run alone once more. */
  private static final String ALONE_AGAIN =
      """
      UPDATE task_suspect SET since = clock_timestamp(), told = false
      WHERE queue = :queue
      RETURNING task""";

  public static final String SQL =
      """
      %1$s,
      lost AS (
        DELETE FROM task_lease WHERE queue = :queue AND worker IS NULL
          AND (node <> :node OR incarnation <> :incarnation)
        RETURNING task, token, node, incarnation),
      cur AS MATERIALIZED (
        SELECT k.id, k.state, k.state_time, k.attempt, k.start_time, k.lost_count, k.move_xid,
            lost.token, lost.node, coalesce(s.alone, false) AS alone,
            n.stopping IS NOT DISTINCT FROM lost.incarnation AS planned
        FROM lost JOIN task k ON k.id = lost.task
        LEFT JOIN LATERAL (
          SELECT * FROM task_suspect WHERE task = lost.task OFFSET 0) s ON s.token = lost.token
        LEFT JOIN node_lease n ON n.node = lost.node
        WHERE k.fencing_token = lost.token AND k.state IN (%10$d, %2$d)
        FOR UPDATE OF k),
      old AS MATERIALIZED (
        SELECT k.*,
            CASE WHEN k.state = %2$d THEN %3$d WHEN k.planned THEN %6$d
              WHEN k.alone AND k.lost_count + 1 >= %4$d THEN %5$d ELSE %6$d END AS to_state,
            CASE WHEN k.state = %2$d THEN %7$d WHEN k.planned THEN %18$d
              WHEN k.alone AND k.lost_count + 1 >= %4$d THEN %8$d ELSE %9$d END AS move
        FROM cur k, t WHERE k.move_xid <= t.xid),
      moved AS (
        UPDATE task k SET %17$s, lost_count = k.lost_count + (NOT old.planned)::int,
            lost_alone_count = k.lost_alone_count + (old.alone AND NOT old.planned)::int,
            attempt = k.attempt - CASE WHEN old.to_state = %6$d THEN 1 ELSE 0 END,
            end_time = CASE WHEN old.to_state <> %6$d THEN t.at END,
            failure_kind = CASE WHEN old.to_state = %5$d THEN %11$d END,
            failure_code = CASE WHEN old.to_state = %5$d THEN 'LEASE_LOST' END,
            failure_message = CASE WHEN old.to_state = %5$d
              THEN 'node ' || old.node || ' is gone, on which nothing else ran; '
                || k.lost_count + 1 || ' runs were lost so' END,
            failure_trace = CASE WHEN old.to_state = %5$d THEN '' END,
            failure_time = CASE WHEN old.to_state = %5$d THEN t.at END
        FROM old, t WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, old.move,
            'nodes/' || old.node AS actor, NULL AS data),
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, failure_kind,
            failure_code, failure_message, failure_trace)
        SELECT old.id, old.token, old.attempt, old.node, old.start_time, t.at,
            CASE WHEN NOT old.planned THEN %11$d END,
            CASE WHEN NOT old.planned THEN 'LEASE_LOST' END,
            CASE WHEN NOT old.planned THEN 'node ' || old.node || ' is gone' END,
            CASE WHEN NOT old.planned THEN '' END
        FROM old, t),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 0, order_key, id FROM moved WHERE state = %6$d),
      dead_lettered AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT moved.id, moved.queue, moved.task_type, 'LEASE_LOST', '%13$s', t.at
        FROM moved, t WHERE state = %5$d),
      cleared AS (
        DELETE FROM task_suspect
        WHERE task = ANY (ARRAY(SELECT id FROM moved WHERE state <> %6$d))),
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
              TaskMoves.to("old.to_state"),
              Move.HAND_BACK.code());

  /**
   * Ends all leases of the queue except those of this start of this node.
   *
   * @throws SQLException also where a task moved in a newer transaction, so that this one is rolled
   *     back and tried again: the log has the moves of a task in the order of transactions
   */
  public void loseAllBut(Batch batch, QueueKey queue, String node, long incarnation)
      throws SQLException {
    Connection connection = batch.connection();
    NamedSql.on(connection, SUSPECT).update();
    List<EndedTask> lost = new ArrayList<>();
    NamedSql.on(connection, SQL)
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
    if (NamedSql.on(connection, ALONE_AGAIN).set("queue", queue).exists()) {
      batch.afterCommit(() -> signals.dueIn(Suspect.ALONE));
    }
  }
}
