package io.tasklane.task.due;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.task.Failure;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.timeout.WaitLimits;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statement that checks tasks whose deadline has come. It returns a row for each failed task
 * that others wait for, and one for each task that will be checked again.
 */
final class ExpireStatement {
  /** The limit of a task {@code s} that is over, as {@link WaitLimits#over} decides it. */
  static final String OVER =
      """
      CASE WHEN s.state NOT IN (${BLOCKED}, ${SCHEDULED}, ${QUEUED}, ${RETRY_WAIT}) THEN NULL
            WHEN s.start_time IS NULL AND s.expire_time <= t.at THEN '${EXPIRED}'
            WHEN s.start_time IS NULL AND s.state = ${QUEUED}
              AND s.state_time + s.queue_timeout <= t.at THEN '${QUEUE_TIMEOUT}'
            WHEN s.total_deadline <= t.at THEN '${TOTAL_TIMEOUT}' END"""
          .replace("${EXPIRED}", TimeLimit.EXPIRE_TIME.code())
          .replace("${QUEUE_TIMEOUT}", TimeLimit.QUEUE_TIMEOUT.code())
          .replace("${TOTAL_TIMEOUT}", TimeLimit.TOTAL_TIMEOUT.code())
          .replace("${BLOCKED}", Integer.toString(TaskState.BLOCKED.code()))
          .replace("${SCHEDULED}", Integer.toString(TaskState.SCHEDULED.code()))
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${RETRY_WAIT}", Integer.toString(TaskState.RETRY_WAIT.code()));

  /** When to check a task {@code s} again, as {@link WaitLimits#nextCheck} decides it. */
  static final String NEXT_CHECK =
      """
      least(
            CASE WHEN s.start_time IS NULL THEN s.expire_time END,
            CASE WHEN s.start_time IS NULL AND s.queue_timeout IS NOT NULL THEN CASE s.state
              WHEN ${QUEUED} THEN s.state_time + s.queue_timeout
              ELSE t.at + greatest(s.queue_timeout, ${PAUSE}) END END,
            CASE WHEN s.total_deadline > t.at THEN s.total_deadline
              WHEN s.total_timeout IS NOT NULL
              THEN t.at + CASE WHEN s.total_deadline IS NULL
                THEN greatest(s.total_timeout, ${PAUSE}) ELSE ${PAUSE} END END)"""
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${PAUSE}", "interval '" + WaitLimits.PAUSE.toMillis() + " ms'");

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
        SELECT s.*, ${OVER} AS code
        FROM seen s, t),
      next AS (
        SELECT s.id, ${NEXT_CHECK} AS due
        FROM judged s, t WHERE s.code IS NULL),
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
          .replace("${OVER}", OVER)
          .replace("${NEXT_CHECK}", NEXT_CHECK)
          .replace("${MESSAGES}", choice(TimeLimit::message))
          .replace("${FINGERPRINTS}", choice(ExpireStatement::fingerprint))
          .replace("${TIMEOUT}", Integer.toString(Failure.Kind.TIMEOUT.code()))
          .replace("${EXPIRE}", Integer.toString(Move.EXPIRE.code()))
          .replace("${FINAL}", Integer.toString(TaskState.SUCCEEDED.code())) // and those above it
          .replace("${MOVED}", TaskMoves.to(TaskMoves.target(TaskState.QUEUED, Move.EXPIRE)));

  private ExpireStatement() {}

  private static String fingerprint(TimeLimit limit) {
    return Fingerprint.of(
        new Failure(Failure.Kind.TIMEOUT, limit.code(), limit.message(), "", Instant.EPOCH));
  }

  /** The branches of a CASE over the codes. */
  private static String choice(Function<TimeLimit, String> of) {
    return Arrays.stream(TimeLimit.values())
        .map(limit -> "WHEN '" + limit.code() + "' THEN '" + of.apply(limit) + "'")
        .collect(Collectors.joining(" "));
  }
}
