package io.tasklane.task.due;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.task.Failure;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statement that checks tasks whose deadline has come. It returns a row for each failed task
 * that others wait for, and one for each task that will be checked again.
 */
final class ExpireStatement {
  /** Tasks that are not decided yet are checked no more often than this. */
  private static final String PAUSE = "interval '1 s'";

  static final String SQL =
      """
      ${NOW},
      over AS (
        DELETE FROM task_deadline d USING unnest(?::timestamptz[], ?::bigint[]) AS s (due, task)
        WHERE d.due = s.due AND d.task = s.task),
      seen AS MATERIALIZED (
        SELECT k.id, k.state, k.state_time, k.start_time, k.expire_time, k.next_attempt_time,
            k.queue_timeout_ms * interval '1 ms' AS queue_timeout,
            k.total_timeout_ms * interval '1 ms' AS total_timeout, k.total_deadline
        FROM task k WHERE k.id = ANY (?) AND k.state < ${FINAL}),
      judged AS MATERIALIZED (
        SELECT s.*, CASE
            WHEN s.state NOT IN (${BLOCKED}, ${SCHEDULED}, ${QUEUED}, ${RETRY_WAIT}) THEN NULL
            WHEN s.start_time IS NULL AND s.expire_time <= t.at THEN '${EXPIRED}'
            WHEN s.start_time IS NULL AND s.state = ${QUEUED}
              AND s.state_time + s.queue_timeout <= t.at THEN '${QUEUE_TIMEOUT}'
            WHEN s.total_deadline <= t.at THEN '${TOTAL_TIMEOUT}' END AS code
        FROM seen s, t),
      next AS (
        SELECT j.id, least(
            CASE WHEN j.start_time IS NULL THEN j.expire_time END,
            CASE WHEN j.start_time IS NULL AND j.queue_timeout IS NOT NULL THEN CASE j.state
              WHEN ${QUEUED} THEN j.state_time + j.queue_timeout
              ELSE t.at + greatest(j.queue_timeout, ${PAUSE}) END END,
            CASE WHEN j.total_deadline > t.at THEN j.total_deadline
              WHEN j.total_timeout IS NOT NULL
              THEN t.at + CASE WHEN j.total_deadline IS NULL
                THEN greatest(j.total_timeout, ${PAUSE}) ELSE ${PAUSE} END END) AS due
        FROM judged j, t WHERE j.code IS NULL),
      again AS (
        INSERT INTO task_deadline (due, task) SELECT due, id FROM next WHERE due IS NOT NULL
        ON CONFLICT DO NOTHING
        RETURNING due),
      moved AS (
        UPDATE task k SET ${MOVED}, end_time = t.at, next_attempt_time = NULL,
            failure_kind = ${TIMEOUT}, failure_code = old.code,
            failure_message = CASE old.code ${MESSAGES} END, failure_trace = '',
            failure_time = t.at
        FROM judged old, t WHERE k.id = old.id AND old.code IS NOT NULL
        RETURNING k.*, old.state AS from_state, old.state_time AS since, old.next_attempt_time
            AS rested_until, ${EXPIRE} AS move, 'system:due' AS actor, k.failure_code AS data),
      unready AS (
        DELETE FROM task_ready r USING moved m
        WHERE r.queue = m.queue AND r.rank IN (0, 1) AND r.order_key = m.order_key
          AND r.task = m.id),
      unaside AS (
        DELETE FROM task_aside a USING moved m WHERE a.queue = m.queue AND a.task = m.id),
      undue AS (
        DELETE FROM task_due d USING moved m
        WHERE d.due IN (m.run_after, m.rested_until) AND d.task = m.id),
      unblocked AS (
        DELETE FROM task_blocked b USING moved m WHERE b.queue = m.queue AND b.task = m.id),
      dead_lettered AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT m.id, m.queue, m.task_type, m.failure_code,
            CASE m.failure_code ${FINGERPRINTS} END, t.at FROM moved m, t),
      ${DEDUPLICATED},
      ${LOGGED}
      SELECT ${COLUMNS}, NULL::numeric AS again_in FROM moved WHERE ${AWAITED}
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, extract(epoch FROM a.due - t.at) * 1000
      FROM again a, t"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${DEDUPLICATED}", TaskMoves.DEDUPLICATED)
          .replace("${LOGGED}", TaskMoves.LOGGED)
          .replace("${COLUMNS}", EndedRows.COLUMNS)
          .replace("${AWAITED}", EndedRows.AWAITED)
          .replace("${PAUSE}", PAUSE)
          .replace("${EXPIRED}", Cause.EXPIRED.code)
          .replace("${QUEUE_TIMEOUT}", Cause.QUEUE.code)
          .replace("${TOTAL_TIMEOUT}", Cause.TOTAL.code)
          .replace("${MESSAGES}", Cause.choice(cause -> cause.message))
          .replace("${FINGERPRINTS}", Cause.choice(Cause::fingerprint))
          .replace("${TIMEOUT}", Integer.toString(Failure.Kind.TIMEOUT.code()))
          .replace("${EXPIRE}", Integer.toString(Move.EXPIRE.code()))
          .replace("${BLOCKED}", Integer.toString(TaskState.BLOCKED.code()))
          .replace("${SCHEDULED}", Integer.toString(TaskState.SCHEDULED.code()))
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${RETRY_WAIT}", Integer.toString(TaskState.RETRY_WAIT.code()))
          .replace("${FINAL}", Integer.toString(TaskState.SUCCEEDED.code())) // and those above it
          .replace("${MOVED}", TaskMoves.to(TaskMoves.target(TaskState.QUEUED, Move.EXPIRE)));

  private ExpireStatement() {}

  /** Which time limit was over, and the failure that reports it. */
  private enum Cause {
    EXPIRED(ExpireTasks.CODE, "it had not started by its expire_time"),
    QUEUE(ExpireTasks.QUEUE, "it had not started within its queue_timeout"),
    TOTAL(ExpireTasks.TOTAL, "its total_timeout was over while it waited for its next attempt");

    final String code;
    final String message;

    Cause(String code, String message) {
      this.code = code;
      this.message = message;
    }

    String fingerprint() {
      return Fingerprint.of(new Failure(Failure.Kind.TIMEOUT, code, message, "", Instant.EPOCH));
    }

    /** The branches of a CASE over the codes. */
    static String choice(Function<Cause, String> of) {
      return Arrays.stream(values())
          .map(cause -> "WHEN '" + cause.code + "' THEN '" + of.apply(cause) + "'")
          .collect(Collectors.joining(" "));
    }
  }
}
