package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;

/**
 * Starts offered tasks whose workers accept them. The result is false where the offer is over; an
 * accept that comes once more is as good as the first.
 */
public final class AcceptOffers implements SingleCommand<LeaseKey, Boolean> {
  private enum Found {
    STARTED,
    NEWER,
    NONE
  }

  private static final String SQL =
      """
      ${NOW},
      cur AS MATERIALIZED (
        SELECT k.id, k.state_time AS since, k.move_xid, l.node AS name
        FROM task_offer o JOIN task k ON k.id = o.task AND k.fencing_token = o.token
        JOIN task_lease l ON l.queue = o.queue AND l.task = o.task
        WHERE o.task = :task AND o.token = :token AND o.worker = :worker
          AND k.state = ${OFFERED}
        FOR UPDATE OF k),
      moved AS (
        UPDATE task k SET ${RUNNING}, attempt = k.attempt + 1, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL, node = cur.name
        FROM cur, t WHERE k.id = cur.id AND cur.move_xid <= t.xid
        RETURNING k.*, ${OFFERED} AS from_state, cur.since, ${ACCEPT} AS move, cur.name AS actor,
            NULL::text AS data),
      gone AS (DELETE FROM task_offer o USING moved m WHERE o.task = m.id),
      ${LOGGED}
      SELECT EXISTS (SELECT FROM moved) AS started, EXISTS (SELECT FROM cur) AS offered"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${RUNNING}", TaskMoves.to(TaskMoves.target(TaskState.OFFERED, Move.ACCEPT)))
          .replace("${OFFERED}", Integer.toString(TaskState.OFFERED.code()))
          .replace("${ACCEPT}", Integer.toString(Move.ACCEPT.code()))
          .replace("${TOTAL_DEADLINE}", TaskMoves.TOTAL_DEADLINE)
          .replace("${LOGGED}", TaskMoves.LOGGED);

  private static final String BEFORE =
      """
      SELECT FROM task_lease l JOIN task k ON k.id = l.task AND k.fencing_token = l.token
      WHERE l.task = :task AND l.token = :token AND l.worker = :worker AND k.state <> %d"""
          .formatted(TaskState.OFFERED.code());

  @Override
  public CommandOrder order() {
    return CommandOrder.ACCEPT_OFFERS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, LeaseKey lease) throws SQLException {
    Found found =
        bind(batch, SQL, lease)
            .one(
                row ->
                    row.getBoolean("started")
                        ? Found.STARTED
                        : row.getBoolean("offered") ? Found.NEWER : Found.NONE);
    return switch (found) {
      case STARTED -> Outcome.done(true);
      case NEWER -> Outcome.again();
      case NONE -> Outcome.done(bind(batch, BEFORE, lease).exists());
    };
  }

  private static Parameters bind(Batch batch, String sql, LeaseKey lease) throws SQLException {
    return NamedSql.on(batch.connection(), sql)
        .set("task", lease.task())
        .set("token", lease.token())
        .set("worker", lease.worker());
  }
}
