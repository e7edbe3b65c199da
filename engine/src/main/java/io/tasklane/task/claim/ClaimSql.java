package io.tasklane.task.claim;

import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SUCCEEDED;

import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.queue.QueueState;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.list.AttemptReader;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.state.Move;

/** SQL shared by statements that complete plain runs or claim heads of queues. */
public final class ClaimSql {
  /**
   * Whether this owner may claim, as in {@link CompleteTasks#allowed}; {@code held} is the owner
   * row and {@code ask} the claim.
   */
  static final String MAY_CLAIM =
      """
      ask.claim AND held.node = ask.node AND held.incarnation = ask.incarnation
        AND held.epoch = ask.epoch AND held.bid_node IS NULL AND held.state <> ${PAUSED}""";

  /**
   * Claims the head where a CTE {@code slot} says that one is {@code free}. A CTE {@code ask} gives
   * queue, node, incarnation, and as cleared a task whose resources have been checked; others that
   * need any are not claimed.
   */
  static final String CLAIMED =
      """
      head AS MATERIALIZED (
        SELECT r.task, r.ctid AS row FROM task_ready r
        WHERE r.queue = (SELECT queue FROM ask) AND (SELECT free FROM slot)
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT 1),
      fit AS MATERIALIZED (
        SELECT k.state_time AS since FROM task k, t
        WHERE k.id = (SELECT task FROM head) AND k.state = ${QUEUED} AND k.move_xid <= t.xid
          AND ${IN_TIME}
          AND (k.resource_units IS NULL OR k.id = (SELECT cleared FROM ask))),
      taken AS (
        DELETE FROM task_ready r
        WHERE r.ctid = (SELECT row FROM head) AND EXISTS (SELECT FROM fit)
        RETURNING r.task),
      claimed AS (
        UPDATE task k SET state = ${RUNNING}, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), attempt = k.attempt + 1,
            fencing_token = nextval('fencing_token'), node = ask.node, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL
        FROM ask, t WHERE k.id = (SELECT task FROM taken)
        RETURNING k.*, (SELECT since FROM fit) AS since, ask.incarnation),
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token)
        SELECT c.queue, c.id, c.node, c.incarnation, c.fencing_token FROM claimed c)""";

  /**
   * Claims the heads of several queues: for each row of a CTE {@code room} as many as are wanted
   * and free, up to the first that cannot be claimed this way. A CTE {@code asks} gives node and
   * incarnation.
   */
  static final String HEADS_CLAIMED =
      """
      heads AS MATERIALIZED (
        SELECT h.* FROM room CROSS JOIN LATERAL (
          SELECT * FROM (
            SELECT r.queue, r.rank, r.order_key, r.task, r.ctid AS row FROM task_ready r
            WHERE r.queue = room.queue
            ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r
          LIMIT least(room.wanted, room.free)) h),
      looked AS MATERIALIZED (
        SELECT h.*, k.state_time AS since,
            row_number() OVER (PARTITION BY h.queue ORDER BY h.rank, h.order_key, h.task) AS n,
            k.state = ${QUEUED} AND k.move_xid <= t.xid AND k.resource_units IS NULL
              AND ${IN_TIME} AS fit
        FROM heads h CROSS JOIN LATERAL (
          SELECT * FROM task WHERE id = h.task OFFSET 0) k, t),
      numbered AS MATERIALIZED (
        SELECT f.*, nextval('fencing_token') AS token FROM (
          SELECT l.* FROM looked l
          WHERE NOT EXISTS (SELECT FROM looked b
            WHERE b.queue = l.queue AND NOT b.fit AND b.n <= l.n)
          ORDER BY l.queue, l.n) f),
      taken AS (
        DELETE FROM task_ready r USING numbered c
        WHERE r.ctid = ANY (ARRAY(SELECT row FROM numbered)) AND r.ctid = c.row
        RETURNING c.task, c.token, c.since),
      claimed AS (
        UPDATE task k SET state = ${RUNNING}, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), attempt = k.attempt + 1,
            fencing_token = c.token, node = asks.node, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL
        FROM taken c, asks, t WHERE k.id = c.task
        RETURNING k.*, c.since, asks.incarnation),
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token)
        SELECT c.queue, c.id, c.node, c.incarnation, c.fencing_token FROM claimed c)""";

  /** The first head of a {@code room} that could not be claimed this way, 0 for none. */
  static final String UNFIT =
      """
      coalesce((SELECT b.task FROM looked b WHERE b.queue = room.queue AND NOT b.fit
          ORDER BY b.n LIMIT 1), 0)""";

  /** Begins the CTE that logs moves. */
  static final String LOGGED =
      """
      logged AS (
        INSERT INTO task_event (xid, seq, time, since, task, queue, kind, move, from_state,
            to_state, attempt, priority, version, subject, task_type, actor, data)""";

  /** The move of the claimed task, for that CTE. */
  static final String CLAIM =
      """
      SELECT c.move_xid, c.revision, c.state_time, c.since, c.id, c.queue, 1, ${CLAIM},
          ${QUEUED}, c.state, c.attempt, c.priority, c.version, 'tasks/' || c.name, c.task_type,
          'nodes/' || c.node, NULL
      FROM claimed c""";

  /**
   * Writes the end of each run of a CTE {@code completed}, all of which have succeeded, and its
   * attempt if that says more than the task does: see {@link AttemptReader}.
   */
  static final String SUCCESS_KEPT =
      """
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, log)
        SELECT s.id, s.fencing_token, s.attempt, s.node, s.start_time, s.end_time, s.log
        FROM completed s WHERE s.log IS NOT NULL),
      ended AS (
        INSERT INTO task_end (queue, state, task, end_time)
        SELECT s.queue, s.state, s.id, s.end_time FROM completed s)""";

  /** Their moves, and the progress reported with them, for the CTE that logs. */
  static final String LOG_SUCCESS =
      """
      SELECT s.move_xid, s.revision, s.end_time, s.start_time, s.id, s.queue, 1, ${SUCCEED},
          ${RUNNING}, s.state, s.attempt, s.priority, s.version, 'tasks/' || s.name,
          s.task_type, 'nodes/' || s.node, NULL
      FROM completed s
      UNION ALL
      SELECT s.move_xid, s.reported, s.end_time, NULL, s.id, s.queue, 2, NULL, NULL,
          ${RUNNING}, s.attempt, s.priority, s.version - 1, 'tasks/' || s.name, s.task_type,
          'nodes/' || s.node, s.progress::text
      FROM completed s WHERE s.reported IS NOT NULL""";

  /** The columns of the claim, for the result row. */
  static final String CLAIM_ROW =
      """
      ${TASK}, (SELECT free FROM slot) AS slot_free, (SELECT task FROM head) AS head""";

  /** What {@link TaskRows} reads of a row of {@code claimed}. */
  static final String TASK =
      TaskRows.columns("c", "(SELECT q.name FROM queue q WHERE q.id = c.queue)");

  /**
   * No statement claims more tasks of one queue. The constant is for the planner, which assumes a
   * tenth of the table for a limit it does not know, and would read all tasks to join them with a
   * few.
   */
  static final String MOST = "1000";

  private ClaimSql() {}

  /** Replaces the placeholders by these pieces of SQL and by the codes of states and moves. */
  public static String complete(String sql) {
    return sql.replace("${NOW}", TaskMoves.CLOCK)
        .replace("${HELD}", PipelinedTransaction.HELD)
        .replace("${MAY_CLAIM}", MAY_CLAIM)
        .replace("${PAUSED}", Integer.toString(QueueState.PAUSED.code()))
        .replace("${CLAIMED}", CLAIMED)
        .replace("${HEADS_CLAIMED}", HEADS_CLAIMED)
        .replace("${UNFIT}", UNFIT)
        .replace("${LOG}", LOGGED)
        .replace("${LOG_SUCCESS}", LOG_SUCCESS)
        .replace("${SUCCESS_KEPT}", SUCCESS_KEPT)
        .replace("${LOG_CLAIM}", CLAIM)
        .replace("${CLAIM_ROW}", CLAIM_ROW)
        .replace("${TASK}", TASK)
        .replace("${MOST}", MOST)
        .replace("${IN_TIME}", TaskMoves.IN_TIME)
        .replace("${TOTAL_DEADLINE}", TaskMoves.TOTAL_DEADLINE)
        .replace("${RUNNING}", Integer.toString(TaskMoves.target(QUEUED, Move.CLAIM)))
        .replace("${QUEUED}", Integer.toString(QUEUED.code()))
        .replace("${SUCCEEDED}", Integer.toString(TaskMoves.target(RUNNING, Move.SUCCEED)))
        .replace("${FINAL}", Integer.toString(SUCCEEDED.code())) // and those above it
        .replace("${CLAIM}", Integer.toString(Move.CLAIM.code()))
        .replace("${SUCCEED}", Integer.toString(Move.SUCCEED.code()));
  }
}
