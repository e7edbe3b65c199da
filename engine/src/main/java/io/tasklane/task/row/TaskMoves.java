package io.tasklane.task.row;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;

/** SQL shared by all statements that move tasks. */
public final class TaskMoves {
  /** The instant and the transaction of a statement, read once, as a CTE. */
  public static final String CLOCK =
      """
      t AS MATERIALIZED (
        SELECT clock_timestamp() AS at, pg_current_xact_id()::text::bigint AS xid)""";

  /** The same at the beginning of a statement. */
  public static final String NOW = "WITH " + CLOCK;

  /**
   * Whether a QUEUED task {@code k} may still start at {@code t.at}: neither its expire time nor
   * its queue timeout is over, which count until the first start, nor its total timeout, which
   * counts from there; as {@link io.tasklane.timeout.WaitLimits#over} decides it.
   */
  public static final String IN_TIME =
      """
      (CASE WHEN k.start_time IS NOT NULL
         THEN k.total_deadline IS NULL OR k.total_deadline > t.at
         ELSE (k.expire_time IS NULL OR k.expire_time > t.at) AND (k.queue_timeout_ms IS NULL
           OR k.state_time + k.queue_timeout_ms * interval '1 ms' > t.at) END)""";

  /**
   * When the total timeout of a task {@code k} that starts at {@code t.at} is over, as {@link
   * io.tasklane.timeout.WaitLimits#totalDeadlineFrom} decides it.
   */
  public static final String TOTAL_DEADLINE =
      "coalesce(k.total_deadline, t.at + k.total_timeout_ms * interval '1 ms')";

  /** What every change of a row of {@code task k} that is logged changes. */
  public static final String CHANGED =
      "version = k.version + 1, move_xid = t.xid, revision = nextval('event_seq')";

  /** Begins a CTE that logs moves and progress; the rows to log follow. */
  public static final String LOG =
      """
      INSERT INTO task_event (xid, seq, time, since, task, queue, kind, move, from_state,
          to_state, attempt, priority, version, subject, task_type, actor, data)""";

  /**
   * Logs the rows of a CTE {@code moved}, which returns id, queue, state, version, revision,
   * priority, attempt, task_type, name, failure_code, and from_state, since, move, actor, data; and
   * inserts those that have ended into {@code task_end}.
   */
  public static final String LOGGED =
      """
      logged AS (
        ${LOG}
        SELECT t.xid, m.revision, t.at, m.since, m.id, m.queue, 1, m.move, m.from_state, m.state,
            m.attempt, m.priority, m.version, 'tasks/' || m.name, m.task_type, m.actor, m.data
        FROM moved m, t),
      entered AS (
        INSERT INTO task_end (queue, state, task, end_time, failure_code)
        SELECT m.queue, m.state, m.id, t.at, m.failure_code FROM moved m, t
        WHERE m.state >= ${FINAL})"""
          .replace("${LOG}", LOG)
          .replace("${FINAL}", Integer.toString(TaskState.SUCCEEDED.code()));

  /**
   * Makes the QUEUED rows of a CTE {@code moved} ready, at their places; those that have to wait
   * for the turn of their key are set aside.
   */
  public static final String READY =
      """
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 1, order_key, id FROM moved WHERE state = ${QUEUED} AND NOT key_waits),
      aside AS (
        INSERT INTO task_aside (queue, task, rank, order_key)
        SELECT queue, id, 1, order_key FROM moved WHERE state = ${QUEUED} AND key_waits)"""
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()));

  /** Releases the business identity of those rows of a CTE {@code moved} that have ended. */
  public static final String DEDUPLICATED =
      """
      deduplicated AS (
        DELETE FROM task_deduplication WHERE ctid = ANY (ARRAY(
          SELECT d.row FROM moved m CROSS JOIN LATERAL (
            SELECT ctid AS row FROM task_deduplication
            WHERE queue = m.queue AND key = m.deduplication_key OFFSET 0) d
          WHERE m.deduplication_key IS NOT NULL AND m.state >= %d)))"""
          .formatted(TaskState.SUCCEEDED.code()); // the final states are this one and those above

  private TaskMoves() {}

  /**
   * What every move changes in a row of {@code task k}; a CTE {@code t} has the instant and the
   * transaction.
   *
   * @param state SQL for the code of the new state
   */
  public static String to(String state) {
    return "state = " + state + ", state_time = t.at, " + CHANGED;
  }

  /** The same for a move to one state. */
  public static String to(int state) {
    return to(Integer.toString(state));
  }

  /**
   * SQL: the name of who runs a task. A worker's is stored whole, "workers/{worker}", a node's
   * without "nodes/".
   *
   * @param stored SQL of what is stored
   */
  public static String executor(String stored) {
    return "CASE WHEN "
        + stored
        + " LIKE 'workers/%' THEN "
        + stored
        + " ELSE 'nodes/' || "
        + stored
        + " END";
  }

  /** The code of the state that a legal move leads to. */
  public static int target(TaskState from, Move move) {
    return MoveTable.STANDARD.require(from, move).code();
  }
}
