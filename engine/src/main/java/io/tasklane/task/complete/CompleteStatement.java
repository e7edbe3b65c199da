package io.tasklane.task.complete;

import static io.tasklane.task.state.TaskState.CANCELLING;
import static io.tasklane.task.state.TaskState.FAILED;
import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.RETRY_WAIT;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SCHEDULED;
import static io.tasklane.task.state.TaskState.SUCCEEDED;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.deadletter.Fingerprint;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Completes runs in one statement, whatever became of them, as {@link CompletedRun} decides it. The
 * statement reads the clock once, so that all of them end at one instant. It returns a row for each
 * run whose token still holds its task.
 */
public final class CompleteStatement {
  public static final String TEXT =
      """
      ${NOW},
      ask AS MATERIALIZED (
        SELECT * FROM unnest(:tasks::bigint[], :tokens::bigint[], :moves_running::smallint[],
            :to_running::smallint[], :moves_cancelling::smallint[], :to_cancelling::smallint[],
            :results::bytea[], :result_types::text[], :partial::boolean[], :kinds::smallint[],
            :codes::text[], :messages::text[], :traces::text[], :backoffs::bigint[],
            :logs::text[], :fingerprints::text[], :causes::text[])
          AS a (task, token, move_running, to_running, move_cancelling, to_cancelling, new_result,
            new_result_type, partial, kind, code, message, trace, backoff_ms, log, fingerprint,
            cause)),
      cur AS MATERIALIZED (
        SELECT k.id, k.state AS from_state, k.state_time AS since, k.move_xid,
            k.attempt AS number, k.start_time AS started, a.*
        FROM ask a JOIN task k ON k.id = a.task AND k.fencing_token = a.token
        WHERE k.state IN (${RUNNING}, ${CANCELLING})
        ORDER BY k.id FOR UPDATE OF k),
      plan AS MATERIALIZED (
        SELECT cur.*,
            CASE from_state WHEN ${RUNNING} THEN to_running ELSE to_cancelling END AS to_state,
            CASE from_state WHEN ${RUNNING} THEN move_running ELSE move_cancelling END AS move
        FROM cur, t WHERE cur.move_xid <= t.xid),
      completed AS (
        UPDATE task k SET ${MOVED},
            attempt = k.attempt
              - CASE WHEN p.move IN
                  (${HAND_BACK}, ${PREEMPT}, ${POSTPONE}, ${SUSPEND}, ${LOSE_LEASE})
                THEN 1 ELSE 0 END,
            lost_count = k.lost_count + coalesce(p.kind = ${LEASE_LOST}, false)::int,
            ran_ms = CASE WHEN p.move = ${SUSPEND} THEN coalesce(k.ran_ms, 0)
                + greatest(0, extract(epoch FROM t.at - p.started) * 1000)::bigint
              WHEN p.move IN (${HAND_BACK}, ${PREEMPT}, ${POSTPONE}, ${LOSE_LEASE})
              THEN k.ran_ms END,
            lost_alone_count = k.lost_alone_count + coalesce(p.kind = ${LEASE_LOST}
              AND (p.move = ${FAIL} OR p.cause = '${ALONE}'), false)::int,
            result = CASE WHEN p.to_state >= ${FINAL} THEN p.new_result END,
            result_type = CASE WHEN p.to_state >= ${FINAL} THEN p.new_result_type END,
            result_partial = p.to_state >= ${FINAL} AND p.partial,
            result_expire_time = CASE WHEN p.to_state >= ${FINAL} AND p.new_result IS NOT NULL
              THEN t.at + k.result_ttl_ms * interval '1 ms' END,
            failure_kind = CASE WHEN p.move NOT IN (${CANCEL}, ${LOSE_LEASE}) THEN p.kind END,
            failure_code = CASE WHEN p.move NOT IN (${CANCEL}, ${LOSE_LEASE}) THEN p.code END,
            failure_message = CASE WHEN p.move NOT IN (${CANCEL}, ${LOSE_LEASE}) THEN p.message END,
            failure_trace = CASE WHEN p.move NOT IN (${CANCEL}, ${LOSE_LEASE}) THEN p.trace END,
            failure_time = CASE WHEN p.move NOT IN (${CANCEL}, ${LOSE_LEASE})
              AND p.kind IS NOT NULL THEN t.at END,
            end_time = CASE WHEN p.to_state >= ${FINAL} THEN t.at END,
            next_attempt_time = CASE WHEN p.to_state IN (${RETRY_WAIT}, ${SCHEDULED})
              THEN t.at + p.backoff_ms * interval '1 ms' END
        FROM plan p, t WHERE k.id = p.id
        RETURNING k.*, p.token, p.from_state, p.since, p.move, p.number, p.started, p.log,
            p.kind, p.code, p.message, p.trace, p.fingerprint, ${EXECUTOR} AS actor,
            CASE WHEN p.move IN (${PREEMPT}, ${SUSPEND}) THEN p.cause
              WHEN p.move = ${LOSE_LEASE} THEN NULL ELSE p.code END AS data),
      moved AS (SELECT * FROM completed),
      freed AS (
        DELETE FROM task_lease WHERE ctid = ANY (ARRAY(
          SELECT l.row FROM completed s CROSS JOIN LATERAL (
            SELECT ctid AS row FROM task_lease WHERE queue = s.queue AND task = s.id OFFSET 0) l))),
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, failure_kind,
            failure_code, failure_message, failure_trace, log)
        SELECT s.id, s.token, s.number, s.node, s.started, t.at, s.kind, s.code, s.message,
            s.trace, s.log
        FROM completed s, t WHERE s.state <> ${SUCCEEDED} OR s.log IS NOT NULL),
      resting AS (
        INSERT INTO task_due (due, task)
        SELECT next_attempt_time, id FROM completed
        WHERE state IN (${RETRY_WAIT}, ${SCHEDULED})),
      returned AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, CASE move WHEN ${PREEMPT} THEN 1 ELSE 0 END, order_key, id FROM completed
        WHERE state = ${QUEUED}),
      dead_lettered AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT s.id, s.queue, s.task_type, s.code, s.fingerprint, t.at
        FROM completed s, t WHERE s.state = ${FAILED}),
      ${DEDUPLICATED},
      ${LOGGED}
      SELECT c.id, s.id IS NOT NULL AS completed, s.name, s.state, s.needed, s.ordering_key,
          s.resource_units IS NOT NULL AS holds_units, s.listeners
      FROM cur c LEFT JOIN completed s ON s.id = c.id"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${ALONE}", RunCompletion.ALONE)
          .replace("${FAIL}", Integer.toString(Move.FAIL.code()))
          .replace("${EXECUTOR}", TaskMoves.executor("k.node"))
          .replace("${LOSE_LEASE}", Integer.toString(Move.LOSE_LEASE.code()))
          .replace("${LEASE_LOST}", Integer.toString(Failure.Kind.LEASE_LOST.code()))
          .replace("${MOVED}", TaskMoves.to("p.to_state"))
          .replace("${DEDUPLICATED}", TaskMoves.DEDUPLICATED)
          .replace("${LOGGED}", TaskMoves.LOGGED)
          .replace("${RUNNING}", Integer.toString(RUNNING.code()))
          .replace("${CANCELLING}", Integer.toString(CANCELLING.code()))
          .replace("${QUEUED}", Integer.toString(QUEUED.code()))
          .replace("${RETRY_WAIT}", Integer.toString(RETRY_WAIT.code()))
          .replace("${SCHEDULED}", Integer.toString(SCHEDULED.code()))
          .replace("${FAILED}", Integer.toString(FAILED.code()))
          .replace("${SUCCEEDED}", Integer.toString(SUCCEEDED.code()))
          .replace("${FINAL}", Integer.toString(SUCCEEDED.code())) // and those above it
          .replace("${CANCEL}", Integer.toString(Move.CANCEL.code()))
          .replace("${HAND_BACK}", Integer.toString(Move.HAND_BACK.code()))
          .replace("${PREEMPT}", Integer.toString(Move.PREEMPT.code()))
          .replace("${POSTPONE}", Integer.toString(Move.POSTPONE.code()))
          .replace("${SUSPEND}", Integer.toString(Move.SUSPEND.code()));

  private CompleteStatement() {}

  /**
   * Completes these runs.
   *
   * @param moved collects the tasks whose runs were completed
   * @return for the key of each task that its run's token still holds, whether the run was
   *     completed; false where the task was newer than this transaction
   */
  static Map<TaskKey, Boolean> complete(
      Connection connection, List<CompleteAndClaim.Completion> completions, List<EndedTask> moved)
      throws SQLException {
    Map<TaskKey, Boolean> held = new HashMap<>();
    bind(NamedSql.on(connection, TEXT), completions)
        .each(
            row -> {
              boolean done = row.getBoolean("completed");
              held.put(new TaskKey(row.getLong("id")), done);
              if (done) {
                moved.add(EndedRows.read(row));
              }
            });
    return held;
  }

  static Parameters bind(Parameters parameters, List<CompleteAndClaim.Completion> completions)
      throws SQLException {
    return parameters
        .rows(completions)
        .add("tasks", "int8", CompleteAndClaim.Completion::task)
        .add("tokens", "int8", CompleteAndClaim.Completion::token)
        .add("moves_running", "int2", s -> (short) s.decision().ifRunning().code())
        .add("to_running", "int2", s -> target(RUNNING, s.decision().ifRunning()))
        .add("moves_cancelling", "int2", s -> (short) s.decision().ifCancelling().code())
        .add("to_cancelling", "int2", s -> target(CANCELLING, s.decision().ifCancelling()))
        .addBytes("results", s -> s.decision().result().map(Payload::body).orElse(null))
        .add(
            "result_types",
            "text",
            s -> s.decision().result().map(Payload::contentType).orElse(null))
        .add("partial", "bool", s -> s.decision().partial())
        .add("kinds", "int2", s -> failure(s).map(f -> (short) f.kind().code()).orElse(null))
        .add("codes", "text", s -> failure(s).map(f -> Rows.storable(f.code())).orElse(null))
        .add("messages", "text", s -> failure(s).map(f -> Rows.storable(f.message())).orElse(null))
        .add("traces", "text", s -> failure(s).map(f -> Rows.storable(f.stackTrace())).orElse(null))
        .add("backoffs", "int8", s -> s.decision().backoff().orElse(Duration.ZERO).toMillis())
        .add("logs", "text", SucceedAndClaimStatement::log)
        .add("fingerprints", "text", CompleteStatement::fingerprint)
        .add("causes", "text", s -> s.decision().cause().orElse(null));
  }

  private static short target(TaskState from, Move move) {
    return (short) MoveTable.STANDARD.require(from, move).code();
  }

  private static Optional<Failure> failure(CompleteAndClaim.Completion completion) {
    return completion.decision().failure();
  }

  private static String fingerprint(CompleteAndClaim.Completion completion) {
    return completion.decision().ifRunning() == Move.FAIL
        ? failure(completion).map(Fingerprint::of).orElse("")
        : null;
  }
}
