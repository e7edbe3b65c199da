package io.tasklane.task.complete;

import static io.tasklane.task.state.TaskState.CANCELLING;
import static io.tasklane.task.state.TaskState.FAILED;
import static io.tasklane.task.state.TaskState.RETRY_WAIT;
import static io.tasklane.task.state.TaskState.RUNNING;

import io.tasklane.commit.Batch;
import io.tasklane.commit.OwnerRow;
import io.tasklane.database.Rows;
import io.tasklane.deadletter.Fingerprint;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;

/**
 * Completes a run and claims the next task. The statement reads the clock once, so that the run
 * that ends and the run that begins share an instant and never overlap. States come from the move
 * table.
 */
public final class CompleteAndClaimStatement {
  public static final String SQL =
      ClaimSql.complete(
          """
          WITH ask AS MATERIALIZED (
            SELECT ?::bigint AS task, ?::bigint AS token,
                ?::smallint AS move_running, ?::smallint AS to_running,
                ?::smallint AS move_cancelling, ?::smallint AS to_cancelling,
                ?::bytea AS result, ?::text AS result_type, ?::boolean AS partial,
                ?::smallint AS failure_kind, ?::text AS failure_code, ?::text AS failure_message,
                ?::text AS failure_trace, ?::bigint AS backoff_ms, ?::text AS log,
                ?::int AS queue, ?::boolean AS claim, ?::int AS concurrency,
                ?::text AS node, ?::bigint AS incarnation, ?::text AS fingerprint,
                0::bigint AS cleared),
          ${NOW},
          cur AS MATERIALIZED (
            SELECT k.id, k.state AS from_state, k.state_time AS since, k.move_xid, k.attempt,
                k.start_time
            FROM task k
            WHERE k.id = (SELECT task FROM ask) AND k.fencing_token = (SELECT token FROM ask)
              AND k.state IN (${RUNNING}, ${CANCELLING})
            FOR UPDATE),
          plan AS MATERIALIZED (
            SELECT cur.*,
                CASE from_state WHEN ${RUNNING} THEN to_running ELSE to_cancelling END AS to_state,
                CASE from_state WHEN ${RUNNING} THEN move_running ELSE move_cancelling END AS move
            FROM cur, ask, t WHERE cur.move_xid <= t.xid),
          completed AS (
            UPDATE task k SET state = p.to_state, state_time = t.at, version = k.version + 1,
                move_xid = t.xid, revision = nextval('event_seq'),
                attempt = k.attempt
                  - CASE WHEN p.move IN (${HAND_BACK}, ${PREEMPT}) THEN 1 ELSE 0 END,
                result = CASE WHEN p.to_state >= ${FINAL} THEN ask.result END,
                result_type = CASE WHEN p.to_state >= ${FINAL} THEN ask.result_type END,
                result_partial = p.to_state >= ${FINAL} AND ask.partial,
                result_expire_time = CASE WHEN p.to_state >= ${FINAL} AND ask.result IS NOT NULL
                  THEN t.at + k.result_ttl_ms * interval '1 ms' END,
                failure_kind = CASE WHEN p.move <> ${CANCEL} THEN ask.failure_kind END,
                failure_code = CASE WHEN p.move <> ${CANCEL} THEN ask.failure_code END,
                failure_message = CASE WHEN p.move <> ${CANCEL} THEN ask.failure_message END,
                failure_trace = CASE WHEN p.move <> ${CANCEL} THEN ask.failure_trace END,
                failure_time = CASE WHEN p.move <> ${CANCEL} AND ask.failure_kind IS NOT NULL
                  THEN t.at END,
                end_time = CASE WHEN p.to_state >= ${FINAL} THEN t.at END,
                next_attempt_time = CASE WHEN p.to_state = ${RETRY_WAIT}
                  THEN t.at + ask.backoff_ms * interval '1 ms' END
            FROM plan p, ask, t WHERE k.id = (SELECT id FROM plan)
            RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
                k.task_type, k.name, k.node, k.next_attempt_time, k.failure_code,
                k.deduplication_key, k.needed, k.order_key, k.ordering_key,
                k.resource_units IS NOT NULL AS holds_units, p.from_state, p.since, p.move,
                p.start_time, p.attempt AS number),
          freed AS (
            DELETE FROM task_lease l
            WHERE l.queue = (SELECT queue FROM completed) AND l.task = (SELECT id FROM completed)),
          attempted AS (
            INSERT INTO task_attempt (task, token, number, node, start_time, end_time, failure_kind,
                failure_code, failure_message, failure_trace, log)
            SELECT s.id, ask.token, s.number, s.node, s.start_time, t.at, ask.failure_kind,
                ask.failure_code, ask.failure_message, ask.failure_trace, ask.log
            FROM completed s, ask, t WHERE s.state <> ${SUCCEEDED} OR ask.log IS NOT NULL),
          resting AS (
            INSERT INTO task_due (due, task)
            SELECT next_attempt_time, id FROM completed WHERE state = ${RETRY_WAIT}),
          returned AS (
            INSERT INTO task_ready (queue, rank, order_key, task)
            SELECT queue, CASE move WHEN ${PREEMPT} THEN 1 ELSE 0 END, order_key, id FROM completed
            WHERE state = ${QUEUED}),
          dead_lettered AS (
            INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
            SELECT s.id, s.queue, s.task_type, ask.failure_code, ask.fingerprint, t.at
            FROM completed s, ask, t WHERE s.state = ${FAILED}),
          ended AS (
            INSERT INTO task_end (queue, state, task, end_time, failure_code)
            SELECT s.queue, s.state, s.id, t.at, s.failure_code FROM completed s, t
            WHERE s.state >= ${FINAL}),
          deduplicated AS (
            DELETE FROM task_deduplication d
            WHERE d.queue = (SELECT queue FROM completed WHERE state >= ${FINAL})
              AND d.key = (SELECT deduplication_key FROM completed)),
          awaited AS MATERIALIZED (
            SELECT s.id, s.name, s.state, s.needed, s.ordering_key, s.holds_units,
                (SELECT q.key_retry FROM queue q WHERE q.id = s.queue) AS key_retry
            FROM completed s
            WHERE s.needed AND s.state >= ${FINAL}
              OR s.ordering_key IS NOT NULL AND s.state <> ${QUEUED} OR s.holds_units),
          slot AS MATERIALIZED (
            SELECT ask.claim AND NOT EXISTS (SELECT FROM awaited)
              AND (SELECT count(*) FROM cur) = (SELECT count(*) FROM completed)
              AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue
                AND l.task IS DISTINCT FROM (SELECT id FROM completed)) < ask.concurrency AS free
            FROM ask),
          ${CLAIMED},
          ${LOG}
            SELECT t.xid, s.revision, t.at, s.since, s.id, s.queue, 1, s.move, s.from_state,
                s.state, s.attempt, s.priority, s.version, 'tasks/' || s.name, s.task_type,
                'nodes/' || ask.node, ask.failure_code
            FROM completed s, ask, t
            UNION ALL
          ${LOG_CLAIM})
          SELECT ${CLAIM_ROW}, EXISTS (SELECT FROM completed) AS completed,
              EXISTS (SELECT FROM cur) AND NOT EXISTS (SELECT FROM completed) AS complete_later,
              h.id AS awaited, h.name AS awaited_name, h.state AS awaited_state,
              h.needed AS awaited_needed, h.ordering_key AS awaited_key,
              h.key_retry AS awaited_key_retry,
              h.holds_units AS awaited_units
          FROM ask LEFT JOIN awaited h ON true LEFT JOIN claimed c ON true"""
              .replace("${CANCELLING}", code(CANCELLING))
              .replace("${RETRY_WAIT}", code(RETRY_WAIT))
              .replace("${FAILED}", code(FAILED))
              .replace("${CANCEL}", Integer.toString(Move.CANCEL.code()))
              .replace("${HAND_BACK}", Integer.toString(Move.HAND_BACK.code()))
              .replace("${PREEMPT}", Integer.toString(Move.PREEMPT.code())));

  static final String COMPLETED_BEFORE =
      """
      SELECT 1 FROM task WHERE id = ? AND fencing_token = ? AND state IN (?, ?)
        AND result IS NOT DISTINCT FROM ?""";

  private CompleteAndClaimStatement() {}

  private static String code(TaskState state) {
    return Integer.toString(state.code());
  }

  /** The bound statement for a command that completes a run. */
  static PreparedStatement of(Batch batch, CompleteAndClaim command, boolean claim, OwnerRow owner)
      throws SQLException {
    CompleteAndClaim.Completion completion = command.completion().orElseThrow();
    PreparedStatement statement = batch.connection().prepareStatement(SQL);
    bindCompletion(statement, completion);
    statement.setInt(16, command.owner().queue());
    statement.setBoolean(17, claim);
    statement.setInt(18, owner.concurrency());
    statement.setString(19, command.owner().node());
    statement.setLong(20, command.owner().incarnation());
    statement.setString(21, fingerprint(completion));
    return statement;
  }

  /** The fingerprint of the cause, if the task fails for good. */
  private static String fingerprint(CompleteAndClaim.Completion completion) {
    RunCompletion what = completion.decision();
    return what.ifRunning() == Move.FAIL ? what.failure().map(Fingerprint::of).orElse("") : null;
  }

  private static void bindCompletion(
      PreparedStatement statement, CompleteAndClaim.Completion completion) throws SQLException {
    RunCompletion what = completion.decision();
    Optional<Failure> failure = what.failure();
    statement.setLong(1, completion.task());
    statement.setLong(2, completion.token());
    statement.setInt(3, what.ifRunning().code());
    statement.setInt(4, MoveTable.STANDARD.require(RUNNING, what.ifRunning()).code());
    statement.setInt(5, what.ifCancelling().code());
    statement.setInt(6, MoveTable.STANDARD.require(CANCELLING, what.ifCancelling()).code());
    statement.setBytes(7, what.result().map(Payload::body).orElse(null));
    statement.setString(8, what.result().map(Payload::contentType).orElse(null));
    statement.setBoolean(9, what.partial());
    statement.setObject(10, failure.map(f -> f.kind().code()).orElse(null), Types.SMALLINT);
    statement.setString(11, failure.map(f -> Rows.storable(f.code())).orElse(null));
    statement.setString(12, failure.map(f -> Rows.storable(f.message())).orElse(null));
    statement.setString(13, failure.map(f -> Rows.storable(f.stackTrace())).orElse(null));
    statement.setLong(14, what.backoff().orElse(Duration.ZERO).toMillis());
    statement.setString(15, completion.log().isEmpty() ? null : Rows.storable(completion.log()));
  }

  static void bindCompletedBefore(
      PreparedStatement statement, CompleteAndClaim.Completion completion) throws SQLException {
    RunCompletion what = completion.decision();
    statement.setLong(1, completion.task());
    statement.setLong(2, completion.token());
    statement.setInt(3, MoveTable.STANDARD.require(RUNNING, what.ifRunning()).code());
    statement.setInt(4, MoveTable.STANDARD.require(CANCELLING, what.ifCancelling()).code());
    statement.setBytes(5, what.result().map(Payload::body).orElse(null));
  }
}
