package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Returns offered tasks to their places in their queues: they use no attempt, and their queue
 * timeouts count on from when they were first QUEUED there.
 *
 * @param ends runs the listeners of tasks whose leases end
 * @param signals sent to the queues
 */
public record OfferReturns(TaskEnds ends, ReadySignals signals) {
  private static final String SQL =
      """
      ${NOW},
      cur AS MATERIALIZED (
        SELECT o.task, o.queue, o.rank, o.since, k.state_time, l.node
        FROM task_offer o JOIN task k ON k.id = o.task
        JOIN task_lease l ON l.queue = o.queue AND l.task = o.task, t
        WHERE ${WHICH} AND k.fencing_token = o.token AND k.state = ${IS_OFFERED}
          AND k.move_xid <= t.xid
        ORDER BY o.task LIMIT 500 FOR UPDATE OF k SKIP LOCKED),
      gone AS (DELETE FROM task_offer o USING cur c WHERE o.task = c.task),
      unleased AS (
        DELETE FROM task_lease l USING cur c WHERE l.queue = c.queue AND l.task = c.task),
      moved AS (
        UPDATE task k SET state = ${QUEUED}, state_time = c.since, ${CHANGED}
        FROM cur c, t WHERE k.id = c.task
        RETURNING k.*, ${IS_OFFERED} AS from_state, c.state_time AS since, ${WITHDRAW} AS move,
            c.node AS actor, NULL::text AS data, c.rank),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, rank, order_key, id FROM moved),
      ${LOGGED}
      SELECT queue, ${ENDED} FROM moved"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${QUEUED}", num(TaskMoves.target(TaskState.OFFERED, Move.WITHDRAW)))
          .replace("${IS_OFFERED}", num(TaskState.OFFERED.code()))
          .replace("${WITHDRAW}", num(Move.WITHDRAW.code()))
          .replace("${CHANGED}", TaskMoves.CHANGED)
          .replace("${LOGGED}", TaskMoves.LOGGED)
          .replace("${ENDED}", EndedRows.COLUMNS);

  /** SQL: whether the time of an offer {@code o} is over. */
  static final String IS_DUE = "o.due <= clock_timestamp()";

  private static final String OF_WORKER = "o.worker = :worker AND o.token <> ALL (:kept::bigint[])";
  private static final String ONE = "o.worker = :worker AND o.task = :task AND o.token = :token";

  private static String num(int code) {
    return Integer.toString(code);
  }

  /** Returns what nobody has accepted in time; the result is how many. */
  int due(Batch batch) throws SQLException {
    return run(batch, on(batch.connection(), IS_DUE));
  }

  /** Returns the offers to this worker, but for those with these tokens; at most 500. */
  int ofWorker(Batch batch, long worker, List<Long> kept) throws SQLException {
    return run(
        batch, on(batch.connection(), OF_WORKER).set("worker", worker).set("kept", "int8", kept));
  }

  /** Returns this offer; the result is 0 where it is none any more. */
  int one(Batch batch, LeaseKey lease) throws SQLException {
    return run(
        batch,
        on(batch.connection(), ONE)
            .set("worker", lease.worker())
            .set("task", lease.task())
            .set("token", lease.token()));
  }

  private static Parameters on(Connection connection, String which) throws SQLException {
    return NamedSql.on(connection, SQL.replace("${WHICH}", which));
  }

  private int run(Batch batch, Parameters bound) throws SQLException {
    Set<QueueKey> queues = new LinkedHashSet<>();
    List<EndedTask> returned = new ArrayList<>();
    bound.each(
        row -> {
          queues.add(new QueueKey(row.getInt("queue")));
          returned.add(EndedRows.read(row));
        });
    ends.after(batch, returned);
    queues.forEach(queue -> batch.afterCommit(() -> signals.look(queue)));
    return returned.size();
  }
}
