package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import io.tasklane.database.ArrayColumns;
import io.tasklane.task.Payload;
import io.tasklane.task.claim.ClaimSql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * {@link SucceedAndClaimStatement} for several commands of one node: completes runs that have
 * succeeded and that nobody waits for, and claims the heads of their queues. It returns a row for
 * each command, in their order. A command whose run was not completed claims nothing.
 */
public final class SucceedAndClaimManyStatement {
  public static final String SQL =
      ClaimSql.complete(
          """
          WITH ${NOW},
          asks AS MATERIALIZED (SELECT ?::text AS node, ?::bigint AS incarnation),
          ask AS MATERIALIZED (
            SELECT a.*, asks.node, asks.incarnation,
                CASE WHEN a.progress IS NOT NULL THEN nextval('event_seq') END AS reported
            FROM asks, unnest(?::int[], ?::bigint[], ?::boolean[], ?::bigint[], ?::bigint[],
                ?::bytea[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
              AS a (queue, epoch, claim, task, token, new_result, new_result_type, log, progress,
                ord)),
          held AS MATERIALIZED (
            SELECT o.* FROM (SELECT DISTINCT queue FROM ask) a CROSS JOIN LATERAL (
              SELECT * FROM queue_owner WHERE queue = a.queue
                AND (xmax = pg_current_xact_id()::xid OR xmin = pg_current_xact_id()::xid)
              OFFSET 0) o),
          completed AS (
            UPDATE task k SET state = ${SUCCEEDED}, state_time = t.at,
                version = k.version + 1 + (a.reported IS NOT NULL)::int,
                progress = coalesce(a.progress::jsonb, k.progress), move_xid = t.xid,
                revision = nextval('event_seq'), result = a.new_result,
                result_type = a.new_result_type, result_partial = false,
                result_expire_time = t.at + k.result_ttl_ms * interval '1 ms',
                failure_kind = NULL, failure_code = NULL, failure_message = NULL,
                failure_trace = NULL, failure_time = NULL, end_time = t.at,
                next_attempt_time = NULL
            FROM ask a, t
            WHERE k.id = a.task AND k.fencing_token = a.token AND k.state = ${RUNNING}
              AND a.queue IN (SELECT queue FROM held)
              AND k.move_xid <= t.xid AND NOT k.needed
              AND k.deduplication_key IS NULL
              AND k.ordering_key IS NULL AND k.resource_units IS NULL
            RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
                k.task_type, k.name, k.node, k.start_time, k.progress, k.move_xid, k.end_time,
                k.fencing_token, a.log, a.reported),
          freed AS (
            DELETE FROM task_lease WHERE ctid = ANY (ARRAY(
              SELECT l.row FROM completed s CROSS JOIN LATERAL (
                SELECT ctid AS row FROM task_lease WHERE queue = s.queue AND task = s.id
                OFFSET 0) l))),
          ${SUCCESS_KEPT},
          part AS MATERIALIZED (
            SELECT ask.ord, ask.queue, s.id IS NOT NULL AS completed,
                coalesce(${MAY_CLAIM}, false) AND (ask.task IS NULL OR s.id IS NOT NULL) AS claims
            FROM ask LEFT JOIN completed s ON s.id = ask.task
            LEFT JOIN held ON held.queue = ask.queue),
          room AS MATERIALIZED (
            SELECT p.queue, count(*) FILTER (WHERE p.claims) AS wanted, greatest(0,
                (SELECT o.concurrency FROM held o WHERE o.queue = p.queue)
                  - (SELECT count(*) FROM task_lease l WHERE l.queue = p.queue)
                  + count(*) FILTER (WHERE p.completed)) AS free
            FROM part p GROUP BY p.queue),
          ${HEADS_CLAIMED},
          ${LOG}
          ${LOG_SUCCESS}
            UNION ALL
          ${LOG_CLAIM})
          SELECT ${TASK}, p.completed, p.claims, room.free > p.turn - 1 AS slot_free,
              ${UNFIT} AS head
          FROM (SELECT *, count(*) FILTER (WHERE claims)
              OVER (PARTITION BY queue ORDER BY ord) AS turn FROM part) p
          JOIN room ON room.queue = p.queue
          LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY queue ORDER BY fencing_token) AS turn
              FROM claimed) c ON p.claims AND c.queue = p.queue AND c.turn = p.turn
          ORDER BY p.ord""");

  private SucceedAndClaimManyStatement() {}

  /**
   * Binds the parameters of the statement.
   *
   * @param before number of parameters before these
   * @param commands of one start of one node
   */
  static void bind(PreparedStatement statement, int before, List<CompleteAndClaim> commands)
      throws SQLException {
    Ownership node = commands.get(0).owner();
    statement.setString(before + 1, node.node());
    statement.setLong(before + 2, node.incarnation());
    ArrayColumns.of(statement, before + 2, commands)
        .add("int4", command -> command.owner().queue())
        .add("int8", command -> command.owner().epoch())
        .add("bool", CompleteAndClaim::claim)
        .add("int8", ofRun(CompleteAndClaim.Completion::task))
        .add("int8", ofRun(CompleteAndClaim.Completion::token))
        .addBytes(ofRun(completion -> result(completion).body()))
        .add("text", ofRun(completion -> result(completion).contentType()))
        .add("text", ofRun(SucceedAndClaimStatement::log))
        .add("text", ofRun(SucceedAndClaimStatement::progress));
  }

  /** The value of the run; null for a mere claim. */
  private static <T> Function<CompleteAndClaim, T> ofRun(
      Function<CompleteAndClaim.Completion, T> value) {
    return command -> command.completion().map(value).orElse(null);
  }

  private static Payload result(CompleteAndClaim.Completion completion) {
    return completion.decision().result().orElseThrow();
  }
}
