package io.tasklane.worker;

import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Takes a ready task out of its queue and offers it to a worker. */
final class MakeOffer {
  /** How long a worker has to accept. */
  static final Duration ACCEPT_WITHIN = Duration.ofSeconds(5);

  private static final String SQL =
      """
      ${NOW},
      fit AS MATERIALIZED (
        SELECT k.id, k.queue, k.order_key, k.state_time AS since FROM task k, t
        WHERE k.id = :task AND k.state = ${QUEUED} AND k.move_xid <= t.xid AND ${IN_TIME}),
      taken AS (
        DELETE FROM task_ready r USING fit f
        WHERE r.queue = f.queue AND r.rank IN (0, 1) AND r.order_key = f.order_key
          AND r.task = f.id
        RETURNING r.task, r.rank),
      moved AS (
        UPDATE task k SET ${OFFERED}, fencing_token = nextval('fencing_token')
        FROM taken, fit f, t WHERE k.id = taken.task
        RETURNING k.*, ${WAS_QUEUED} AS from_state, f.since, ${OFFER} AS move,
            'workers/' || :name AS actor, NULL::text AS data, taken.rank),
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token, worker)
        SELECT m.queue, m.id, 'workers/' || :name, 0, m.fencing_token, :worker FROM moved m),
      offered AS (
        INSERT INTO task_offer (task, queue, token, worker, rank, since, due)
        SELECT m.id, m.queue, m.fencing_token, :worker, m.rank, m.since,
            t.at + :within * interval '1 ms' FROM moved m, t),
      credited AS (
        UPDATE worker w SET credits = w.credits - 1, last_offer = m.fencing_token
        FROM moved m WHERE w.id = :worker),
      ${LOGGED}
      SELECT fencing_token FROM moved"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${IN_TIME}", TaskMoves.IN_TIME)
          .replace("${OFFERED}", TaskMoves.to(TaskMoves.target(TaskState.QUEUED, Move.OFFER)))
          .replace("${WAS_QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${OFFER}", Integer.toString(Move.OFFER.code()))
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${LOGGED}", TaskMoves.LOGGED);

  private MakeOffer() {}

  /**
   * Offers the task; empty where it may not start any more.
   *
   * @param worker key of its row, which is locked
   * @param name final part of its name
   */
  static Optional<FencingToken> of(Connection connection, TaskKey task, long worker, String name)
      throws SQLException {
    return NamedSql.on(connection, SQL)
        .set("task", task)
        .set("worker", worker)
        .set("name", name)
        .set("within", ACCEPT_WITHIN.toMillis())
        .first(row -> new FencingToken(row.getLong(1)));
  }
}
