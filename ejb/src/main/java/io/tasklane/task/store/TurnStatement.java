package io.tasklane.task.store;

import static io.tasklane.task.TaskState.CANCELLING;
import static io.tasklane.task.TaskState.FAILED;
import static io.tasklane.task.TaskState.QUEUED;
import static io.tasklane.task.TaskState.RETRY_WAIT;
import static io.tasklane.task.TaskState.RUNNING;
import static io.tasklane.task.TaskState.SUCCEEDED;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.store.Rows;
import io.tasklane.task.Failure;
import io.tasklane.task.Move;
import io.tasklane.task.MoveTable;
import io.tasklane.task.Payload;
import io.tasklane.task.Settlement;
import io.tasklane.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;

/**
 * The statement of a turn. It reads the clock once, so that the run that ends and the run that
 * begins share an instant and never overlap. States come from the move table.
 */
final class TurnStatement {
  static final String SQL =
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
            ?::bigint AS cleared),
      t AS MATERIALIZED (
        SELECT clock_timestamp() AS at, pg_current_xact_id()::text::bigint AS xid),
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
      settled AS (
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
        FROM plan p, ask, t WHERE k.id = p.id
        RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
            k.task_type, k.name, k.node, k.next_attempt_time, k.failure_code,
            k.deduplication_key, k.needed, k.order_key, k.ordering_key,
            k.resource_units IS NOT NULL AS holds_units, p.from_state, p.since, p.move,
            p.start_time, p.attempt AS number),
      freed AS (
        DELETE FROM task_lease l USING settled s WHERE l.queue = s.queue AND l.task = s.id),
      attempted AS (
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time, failure_kind,
            failure_code, failure_message, failure_trace, log)
        SELECT s.id, ask.token, s.number, s.node, s.start_time, t.at, ask.failure_kind,
            ask.failure_code, ask.failure_message, ask.failure_trace, ask.log
        FROM settled s, ask, t),
      resting AS (
        INSERT INTO task_due (due, task)
        SELECT next_attempt_time, id FROM settled WHERE state = ${RETRY_WAIT}),
      returned AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, CASE move WHEN ${PREEMPT} THEN 1 ELSE 0 END, order_key, id FROM settled
        WHERE state = ${QUEUED}),
      buried AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT s.id, s.queue, s.task_type, ask.failure_code, ask.fingerprint, t.at
        FROM settled s, ask, t WHERE s.state = ${FAILED}),
      ended AS (
        INSERT INTO task_end (queue, state, task, end_time, failure_code)
        SELECT s.queue, s.state, s.id, t.at, s.failure_code FROM settled s, t
        WHERE s.state >= ${FINAL}),
      deduplicated AS (
        DELETE FROM task_deduplication d USING settled s
        WHERE s.deduplication_key IS NOT NULL AND s.state >= ${FINAL}
          AND d.queue = s.queue AND d.key = s.deduplication_key),
      heard AS MATERIALIZED (
        SELECT s.id, s.name, s.state, s.needed, s.ordering_key, s.holds_units,
            (SELECT q.key_retry FROM queue q WHERE q.id = s.queue) AS key_retry
        FROM settled s
        WHERE s.needed AND s.state >= ${FINAL}
          OR s.ordering_key IS NOT NULL AND s.state <> ${QUEUED} OR s.holds_units),
      slot AS MATERIALIZED (
        SELECT ask.claim AND NOT EXISTS (SELECT FROM heard)
          AND (SELECT count(*) FROM cur) = (SELECT count(*) FROM settled)
          AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue
            AND l.task IS DISTINCT FROM (SELECT id FROM settled)) < ask.concurrency AS free
        FROM ask),
      head AS MATERIALIZED (
        SELECT r.rank, r.order_key, r.task FROM task_ready r
        WHERE r.queue = (SELECT queue FROM ask) AND (SELECT free FROM slot)
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT 1),
      taken AS (
        DELETE FROM task_ready r USING head h, task k, ask, t
        WHERE r.queue = ask.queue AND r.rank = h.rank AND r.order_key = h.order_key
          AND r.task = h.task AND k.id = h.task AND k.state = ${QUEUED} AND k.move_xid <= t.xid
          AND ${IN_TIME}
          AND (k.resource_units IS NULL OR k.id = ask.cleared)
        RETURNING r.task, k.state_time AS since),
      claimed AS (
        UPDATE task k SET state = ${CLAIMED}, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), attempt = k.attempt + 1,
            fencing_token = nextval('fencing_token'), node = ask.node, start_time = t.at,
            total_deadline = ${TOTAL_DEADLINE}, next_attempt_time = NULL
        FROM taken, ask, t WHERE k.id = taken.task
        RETURNING k.*, taken.since),
      leased AS (
        INSERT INTO task_lease (queue, task, node, incarnation, token)
        SELECT c.queue, c.id, ask.node, ask.incarnation, c.fencing_token FROM claimed c, ask),
      logged AS (
        INSERT INTO task_event (xid, seq, time, since, task, queue, kind, move, from_state,
            to_state, attempt, priority, version, subject, task_type, actor, data)
        SELECT t.xid, s.revision, t.at, s.since, s.id, s.queue, 1, s.move, s.from_state, s.state,
            s.attempt, s.priority, s.version, 'tasks/' || s.name, s.task_type,
            'nodes/' || ask.node, ask.failure_code
        FROM settled s, ask, t
        UNION ALL
        SELECT t.xid, c.revision, t.at, c.since, c.id, c.queue, 1, ${CLAIM}, ${QUEUED}, c.state,
            c.attempt, c.priority, c.version, 'tasks/' || c.name, c.task_type,
            'nodes/' || ask.node, NULL
        FROM claimed c, ask, t)
      SELECT EXISTS (SELECT FROM settled) AS settled,
          EXISTS (SELECT FROM cur) AND NOT EXISTS (SELECT FROM settled) AS settle_later,
          (SELECT free FROM slot) AS slot_free,
          h.id AS heard, h.name AS heard_name, h.state AS heard_state, h.needed AS heard_needed,
          h.ordering_key AS heard_key, h.key_retry AS heard_key_retry,
          h.holds_units AS heard_units, (SELECT task FROM head) AS head,
          c.*, (SELECT q.name FROM queue q WHERE q.id = c.queue) AS queue_id
      FROM ask LEFT JOIN heard h ON true LEFT JOIN claimed c ON true"""
          .replace("${IN_TIME}", TaskMoves.IN_TIME)
          .replace("${TOTAL_DEADLINE}", TaskMoves.TOTAL_DEADLINE)
          .replace("${RUNNING}", code(RUNNING))
          .replace("${CANCELLING}", code(CANCELLING))
          .replace("${QUEUED}", code(QUEUED))
          .replace("${RETRY_WAIT}", code(RETRY_WAIT))
          .replace("${FAILED}", code(FAILED))
          .replace("${FINAL}", code(SUCCEEDED)) // the final states are this one and those above it
          .replace("${CLAIMED}", code(MoveTable.STANDARD.require(QUEUED, Move.CLAIM)))
          .replace("${CLAIM}", Integer.toString(Move.CLAIM.code()))
          .replace("${CANCEL}", Integer.toString(Move.CANCEL.code()))
          .replace("${HAND_BACK}", Integer.toString(Move.HAND_BACK.code()))
          .replace("${PREEMPT}", Integer.toString(Move.PREEMPT.code()));

  static final String SETTLED_BEFORE =
      """
      SELECT 1 FROM task WHERE id = ? AND fencing_token = ? AND state IN (?, ?)
        AND result IS NOT DISTINCT FROM ?""";

  private TurnStatement() {}

  private static String code(TaskState state) {
    return Integer.toString(state.code());
  }

  /**
   * Binds a turn.
   *
   * @param cleared a task whose resources have been checked, 0 for none; others that need any are
   *     not claimed
   */
  static void bind(
      PreparedStatement statement, Turn turn, boolean claim, int concurrency, long cleared)
      throws SQLException {
    if (turn.settle().isPresent()) {
      bindSettle(statement, turn.settle().get());
    } else {
      bindNoSettle(statement);
    }
    statement.setInt(16, turn.owner().queue());
    statement.setBoolean(17, claim);
    statement.setInt(18, concurrency);
    statement.setString(19, turn.owner().node());
    statement.setLong(20, turn.owner().incarnation());
    statement.setString(21, turn.settle().map(TurnStatement::fingerprint).orElse(null));
    statement.setLong(22, cleared);
  }

  /** Of the cause, where the task fails for good. */
  private static String fingerprint(Turn.Settle settle) {
    Settlement what = settle.settlement();
    return what.ifRunning() == Move.FAIL ? what.failure().map(Fingerprint::of).orElse("") : null;
  }

  private static void bindNoSettle(PreparedStatement statement) throws SQLException {
    statement.setNull(1, Types.BIGINT);
    statement.setNull(2, Types.BIGINT);
    for (int i = 3; i <= 6; i++) {
      statement.setNull(i, Types.SMALLINT);
    }
    statement.setNull(7, Types.BINARY);
    statement.setNull(8, Types.VARCHAR);
    statement.setBoolean(9, false);
    statement.setNull(10, Types.SMALLINT);
    for (int i = 11; i <= 13; i++) {
      statement.setNull(i, Types.VARCHAR);
    }
    statement.setNull(14, Types.BIGINT);
    statement.setNull(15, Types.VARCHAR);
  }

  private static void bindSettle(PreparedStatement statement, Turn.Settle settle)
      throws SQLException {
    Settlement what = settle.settlement();
    Optional<Failure> failure = what.failure();
    statement.setLong(1, settle.task());
    statement.setLong(2, settle.token());
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
    statement.setString(15, settle.log().isEmpty() ? null : Rows.storable(settle.log()));
  }

  static void bindSettledBefore(PreparedStatement statement, Turn.Settle settle)
      throws SQLException {
    Settlement what = settle.settlement();
    statement.setLong(1, settle.task());
    statement.setLong(2, settle.token());
    statement.setInt(3, MoveTable.STANDARD.require(RUNNING, what.ifRunning()).code());
    statement.setInt(4, MoveTable.STANDARD.require(CANCELLING, what.ifCancelling()).code());
    statement.setBytes(5, what.result().map(Payload::body).orElse(null));
  }
}
