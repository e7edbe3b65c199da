package io.tasklane.task.claim;

import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SUCCEEDED;

import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.queue.QueueState;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.state.Move;

/**
 * The pieces of SQL that statements share which complete plain runs or claim heads of queues.
 *
 * @param conditions of the features, which every head has to meet
 */
public record ClaimSql(ClaimConditions conditions) {
  /**
   * Whether this owner may claim, as {@link io.tasklane.commit.OwnerRow#allows} decides it; {@code
   * held} is the owner row and {@code ask} the claim.
   */
  static final String MAY_CLAIM =
      """
      ask.claim AND held.node = ask.node AND held.incarnation = ask.incarnation
        AND held.epoch = ask.epoch AND held.bid_node IS NULL AND held.state <> ${PAUSED}""";

  /** Whether a task {@code k} may start at all. */
  private static final String STARTABLE =
      "k.state = ${QUEUED} AND k.move_xid <= t.xid AND ${IN_TIME}";

  /** What a claim changes in a row of {@code task k}. */
  private static final String STARTED =
      """
      ${MOVED_TO_RUNNING}, attempt = k.attempt + 1, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL""";

  private static final String LEASED =
      """
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token)
        SELECT c.queue, c.id, c.node, c.incarnation, c.fencing_token FROM claimed c)""";

  /**
   * Claims the head where a CTE {@code slot} says that one is {@code free}. A CTE {@code ask} gives
   * queue, node, incarnation, and as cleared a task that the conditions' features have checked.
   */
  private static final String CLAIMED =
      """
      head AS MATERIALIZED (
        SELECT r.task, r.ctid AS row FROM task_ready r
        WHERE r.queue = (SELECT queue FROM ask) AND (SELECT free FROM slot)
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT 1),
      fit AS MATERIALIZED (
        SELECT k.state_time AS since FROM task k, t
        WHERE k.id = (SELECT task FROM head) AND ${STARTABLE}
          AND (${CONDITIONS} OR k.id = (SELECT cleared FROM ask))),
      taken AS (
        DELETE FROM task_ready r
        WHERE r.ctid = (SELECT row FROM head) AND EXISTS (SELECT FROM fit)
        RETURNING r.task),
      claimed AS (
        UPDATE task k SET ${STARTED}, fencing_token = nextval('fencing_token'), node = ask.node
        FROM ask, t WHERE k.id = (SELECT task FROM taken)
        RETURNING k.*, (SELECT since FROM fit) AS since, ask.incarnation),
      ${LEASED}""";

  /**
   * Claims the heads of several queues: for each row of a CTE {@code room} as many as are wanted
   * and free, up to the first that cannot be claimed this way; tokens grow in the order in which
   * the tasks are to run. A CTE {@code asks} gives node and incarnation. Where room is {@code
   * ahead}, a task that has to run alone is not claimed with others: interrupted work, so that a
   * task that crashes its node can be told apart from tasks that were only claimed with it, and
   * tasks that have an ordering key, need resources or are preemptible, or that a feature has to
   * check. {@link ReadyTask#claimed} decides the same.
   */
  private static final String HEADS_CLAIMED =
      """
      heads AS MATERIALIZED (
        SELECT h.*, room.ahead FROM room CROSS JOIN LATERAL (
          SELECT * FROM (
            SELECT r.queue, r.rank, r.order_key, r.task, r.ctid AS row FROM task_ready r
            WHERE r.queue = room.queue
            ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r
          LIMIT least(room.wanted, room.free)) h),
      looked AS MATERIALIZED (
        SELECT h.*, k.state_time AS since,
            row_number() OVER (PARTITION BY h.queue ORDER BY h.rank, h.order_key, h.task) AS n,
            h.ahead AND (h.rank = 0 OR k.ordering_key IS NOT NULL
              OR k.resource_units IS NOT NULL OR k.preemptible
              OR NOT ${CONDITIONS}) AS alone,
            ${STARTABLE} AND ${CONDITIONS} AS fit
        FROM heads h CROSS JOIN LATERAL (
          SELECT * FROM task WHERE id = h.task OFFSET 0) k, t),
      numbered AS MATERIALIZED (
        SELECT f.*, nextval('fencing_token') AS token FROM (
          SELECT l.* FROM looked l
          WHERE NOT EXISTS (SELECT FROM looked b
            WHERE b.queue = l.queue AND (b.alone OR NOT b.fit) AND b.n <= l.n)
          ORDER BY l.queue, l.n) f),
      taken AS (
        DELETE FROM task_ready r USING numbered c
        WHERE r.ctid = ANY (ARRAY(SELECT row FROM numbered)) AND r.ctid = c.row
        RETURNING c.task, c.token, c.since),
      claimed AS (
        UPDATE task k SET ${STARTED}, fencing_token = c.token, node = asks.node
        FROM taken c, asks, t WHERE k.id = c.task
        RETURNING k.*, c.since, asks.incarnation),
      ${LEASED}""";

  /** The first head of a {@code room} that could not be claimed this way, as a row. */
  private static final String UNFIT =
      """
      LATERAL (SELECT max(b.task) AS task, bool_or(b.alone) AS alone FROM (
        SELECT task, alone FROM looked WHERE queue = room.queue AND (alone OR NOT fit)
        ORDER BY n LIMIT 1) b)""";

  /** The move of the claimed tasks, for the CTE that logs. */
  private static final String LOG_CLAIM =
      """
      SELECT c.move_xid, c.revision, c.state_time, c.since, c.id, c.queue, 1, ${CLAIM},
          ${QUEUED}, c.state, c.attempt, c.priority, c.version, 'tasks/' || c.name, c.task_type,
          'nodes/' || c.node, NULL
      FROM claimed c""";

  /**
   * Writes the end of each run of a CTE {@code completed}, all of which have succeeded, and its
   * attempt if that says more than the task does: see {@link io.tasklane.task.list.AttemptReader}.
   */
  private static final String SUCCESS_KEPT =
      """
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, log)
        SELECT s.id, s.fencing_token, s.attempt, s.node, s.start_time, s.end_time, s.log
        FROM completed s WHERE s.log IS NOT NULL),
      ended AS (
        INSERT INTO task_end (queue, state, task, end_time)
        SELECT s.queue, s.state, s.id, s.end_time FROM completed s)""";

  /** What the success of a run changes in a row of {@code task k}. */
  private static final String SUCCEEDED_WITH =
      """
      state_time = t.at, move_xid = t.xid, revision = nextval('event_seq'), result_partial = false,
                result_expire_time = t.at + k.result_ttl_ms * interval '1 ms',
                failure_kind = NULL, failure_code = NULL, failure_message = NULL,
                failure_trace = NULL, failure_time = NULL, end_time = t.at,
                next_attempt_time = NULL""";

  /** Whether the success of a run of {@code task k} concerns nobody else. */
  private static final String PLAIN =
      """
      k.state = ${RUNNING} AND k.move_xid <= t.xid AND k.deduplication_key IS NULL
              AND k.ordering_key IS NULL AND k.resource_units IS NULL AND k.listeners = 0""";

  /** Their moves, and the progress reported with them, for the CTE that logs. */
  private static final String LOG_SUCCESS =
      """
      SELECT s.move_xid, s.revision, s.end_time, s.start_time, s.id, s.queue, 1, ${SUCCEED},
          ${RUNNING}, s.state, s.attempt, s.priority, s.version, 'tasks/' || s.name,
          s.task_type, ${EXECUTOR}, NULL
      FROM completed s
      UNION ALL
      SELECT s.move_xid, s.reported, s.end_time, NULL, s.id, s.queue, 2, NULL, NULL,
          ${RUNNING}, s.attempt, s.priority, s.version - 1, 'tasks/' || s.name, s.task_type,
          ${EXECUTOR}, s.progress::text
      FROM completed s WHERE s.reported IS NOT NULL""";

  /** What {@link TaskRows} reads of a row of {@code claimed}. */
  private static final String TASK =
      TaskRows.columns("c", "(SELECT q.name FROM queue q WHERE q.id = c.queue)");

  /**
   * No statement claims more tasks of one queue. The constant is for the planner, which assumes a
   * tenth of the table for a limit it does not know, and would read all tasks to join them with a
   * few.
   */
  private static final String MOST = "1000";

  /** Replaces the placeholders by these pieces of SQL and by the codes of states and moves. */
  public String complete(String sql) {
    return sql.replace("${NOW}", TaskMoves.CLOCK)
        .replace("${HELD}", PipelinedTransaction.HELD)
        .replace("${MAY_CLAIM}", MAY_CLAIM)
        .replace("${CLAIMED}", CLAIMED)
        .replace("${HEADS_CLAIMED}", HEADS_CLAIMED)
        .replace("${LEASED}", LEASED)
        .replace("${STARTED}", STARTED)
        .replace("${STARTABLE}", STARTABLE)
        .replace("${CONDITIONS}", conditions.sql())
        .replace("${UNFIT}", UNFIT)
        .replace("${LOG}", "logged AS (\n" + TaskMoves.LOG)
        .replace("${LOG_SUCCESS}", LOG_SUCCESS)
        .replace("${EXECUTOR}", TaskMoves.executor("s.node"))
        .replace("${SUCCESS_KEPT}", SUCCESS_KEPT)
        .replace("${SUCCEEDED_WITH}", SUCCEEDED_WITH)
        .replace("${PLAIN}", PLAIN)
        .replace("${LOG_CLAIM}", LOG_CLAIM)
        .replace("${TASK}", TASK)
        .replace("${MOST}", MOST)
        .replace("${IN_TIME}", TaskMoves.IN_TIME)
        .replace("${TOTAL_DEADLINE}", TaskMoves.TOTAL_DEADLINE)
        .replace("${MOVED_TO_RUNNING}", TaskMoves.to(TaskMoves.target(QUEUED, Move.CLAIM)))
        .replace("${PAUSED}", Integer.toString(QueueState.PAUSED.code()))
        .replace("${RUNNING}", Integer.toString(RUNNING.code()))
        .replace("${QUEUED}", Integer.toString(QUEUED.code()))
        .replace("${SUCCEEDED}", Integer.toString(TaskMoves.target(RUNNING, Move.SUCCEED)))
        .replace("${FINAL}", Integer.toString(SUCCEEDED.code())) // and those above it
        .replace("${SUCCEED}", Integer.toString(Move.SUCCEED.code()))
        .replace("${CLAIM}", Integer.toString(Move.CLAIM.code()));
  }
}
