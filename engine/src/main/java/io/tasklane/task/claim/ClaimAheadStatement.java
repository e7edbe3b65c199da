package io.tasklane.task.claim;

import io.tasklane.commit.Ownership;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Claims the first tasks of a queue, up to the first that has to run by itself: interrupted work,
 * so that a task that crashes its node can be told apart from tasks that were only claimed with it,
 * and tasks that have an ordering key, need resources or are preemptible. Tokens grow in the order
 * in which the tasks are to run.
 */
public final class ClaimAheadStatement {
  public static final String SQL =
      """
      ${NOW},
      ask AS MATERIALIZED (
        SELECT ?::int AS queue, ?::int AS ahead, ?::text AS node, ?::bigint AS incarnation),
      heads AS MATERIALIZED (
        SELECT * FROM (
          SELECT r.rank, r.order_key, r.task, r.ctid AS row FROM task_ready r
          WHERE r.queue = (SELECT queue FROM ask)
          ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r
        LIMIT (SELECT greatest(0, ask.ahead -
          (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue)) FROM ask)),
      looked AS MATERIALIZED (
        SELECT h.*, k.state_time AS since,
            row_number() OVER (ORDER BY h.rank, h.order_key, h.task) AS n,
            k.state = ${QUEUED} AND k.move_xid <= t.xid AND ${IN_TIME} AS fit,
            h.rank = 0 OR ${ALONE} AS alone
        FROM heads h CROSS JOIN LATERAL (
          SELECT * FROM task WHERE id = h.task OFFSET 0) k, t),
      numbered AS MATERIALIZED (
        SELECT c.*, nextval('fencing_token') AS token
        FROM (SELECT * FROM looked l
          WHERE l.n < (SELECT coalesce(min(b.n), l.n + 1) FROM looked b WHERE b.alone OR NOT b.fit)
          ORDER BY l.n) c),
      taken AS (
        DELETE FROM task_ready r USING numbered c
        WHERE r.ctid = ANY (ARRAY(SELECT row FROM numbered)) AND r.ctid = c.row
        RETURNING c.task, c.token, c.since),
      claimed AS (
        UPDATE task k SET state = ${CLAIMED}, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), attempt = k.attempt + 1,
            fencing_token = c.token, node = ask.node, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL
        FROM taken c, ask, t WHERE k.id = c.task
        RETURNING k.*, c.since),
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token)
        SELECT c.queue, c.id, ask.node, ask.incarnation, c.fencing_token FROM claimed c, ask),
      logged AS (
        INSERT INTO task_event (xid, seq, time, since, task, queue, kind, move, from_state,
            to_state, attempt, priority, version, subject, task_type, actor, data)
        SELECT t.xid, c.revision, t.at, c.since, c.id, c.queue, 1, ${CLAIM}, ${QUEUED}, c.state,
            c.attempt, c.priority, c.version, 'tasks/' || c.name, c.task_type,
            'nodes/' || ask.node, NULL
        FROM claimed c, ask, t)
      SELECT ${TASK}, (SELECT alone FROM looked WHERE n = 1) AS first_alone,
          (SELECT task FROM looked WHERE n = 1) AS first
      FROM ask LEFT JOIN claimed c ON true ORDER BY c.fencing_token"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${MOST}", ClaimSql.MOST)
          .replace("${TASK}", ClaimSql.TASK)
          .replace("${IN_TIME}", TaskMoves.IN_TIME)
          .replace("${TOTAL_DEADLINE}", TaskMoves.TOTAL_DEADLINE)
          .replace(
              "${ALONE}",
              "k.ordering_key IS NOT NULL OR k.resource_units IS NOT NULL OR k.preemptible")
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace(
              "${CLAIMED}",
              Integer.toString(MoveTable.STANDARD.require(TaskState.QUEUED, Move.CLAIM).code()))
          .replace("${CLAIM}", Integer.toString(Move.CLAIM.code()));

  private ClaimAheadStatement() {}

  /**
   * Binds the statement.
   *
   * @param ahead how many tasks of the queue may be claimed in total
   */
  public static void bind(PreparedStatement statement, Ownership owner, int ahead)
      throws SQLException {
    statement.setInt(1, owner.queue());
    statement.setInt(2, ahead);
    statement.setString(3, owner.node());
    statement.setLong(4, owner.incarnation());
  }
}
