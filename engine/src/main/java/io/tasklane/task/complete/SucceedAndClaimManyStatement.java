package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Parameters;
import io.tasklane.task.Payload;
import io.tasklane.task.claim.ClaimSql;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * {@link SucceedAndClaimStatement} for several commands of one node: completes runs that have
 * succeeded and that nobody waits for, and claims the heads of their queues. It returns a row for
 * each command, in their order. A command whose run was not completed claims nothing.
 */
public final class SucceedAndClaimManyStatement {
  private static final String SQL =
      """
      WITH ${NOW},
      asks AS MATERIALIZED (SELECT :node::text AS node, :incarnation::bigint AS incarnation),
      ask AS MATERIALIZED (
        SELECT a.*, asks.node, asks.incarnation,
            CASE WHEN a.progress IS NOT NULL THEN nextval('event_seq') END AS reported
        FROM asks, unnest(:queues::int[], :epochs::bigint[], :claims::boolean[],
            :tasks::bigint[], :tokens::bigint[], :results::bytea[], :result_types::text[],
            :logs::text[], :progress::text[]) WITH ORDINALITY
          AS a (queue, epoch, claim, task, token, new_result, new_result_type, log, progress,
            ord)),
      held AS MATERIALIZED (
        SELECT o.* FROM (SELECT DISTINCT queue FROM ask) a CROSS JOIN LATERAL (
          SELECT * FROM queue_owner WHERE queue = a.queue
            AND (xmax = pg_current_xact_id()::xid OR xmin = pg_current_xact_id()::xid)
          OFFSET 0) o),
      completed AS (
        UPDATE task k SET state = ${SUCCEEDED},
            version = k.version + 1 + (a.reported IS NOT NULL)::int,
            progress = coalesce(a.progress::jsonb, k.progress), result = a.new_result,
            result_type = a.new_result_type, ${SUCCEEDED_WITH}
        FROM ask a, t
        WHERE k.id = a.task AND k.fencing_token = a.token AND NOT k.needed
          AND a.queue IN (SELECT queue FROM held) AND ${PLAIN}
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
        SELECT p.queue, count(*) FILTER (WHERE p.claims) AS wanted, false AS ahead, greatest(0,
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
          coalesce(unfit.task, 0) AS head
      FROM (SELECT *, count(*) FILTER (WHERE claims)
          OVER (PARTITION BY queue ORDER BY ord) AS turn FROM part) p
      JOIN room ON room.queue = p.queue
      CROSS JOIN ${UNFIT} unfit
      LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY queue ORDER BY fencing_token) AS turn
          FROM claimed) c ON p.claims AND c.queue = p.queue AND c.turn = p.turn
      ORDER BY p.ord""";

  private SucceedAndClaimManyStatement() {}

  /** The SQL, with named parameters. */
  public static String text(ClaimSql pieces) {
    return pieces.complete(SQL);
  }

  /**
   * Binds the parameters of the statement.
   *
   * @param commands of one start of one node
   */
  static void bind(Parameters parameters, List<CompleteAndClaim> commands) throws SQLException {
    Ownership node = commands.get(0).owner();
    parameters
        .set("node", node.node())
        .set("incarnation", node.incarnation())
        .rows(commands)
        .add("queues", "int4", command -> command.owner().queue())
        .add("epochs", "int8", command -> command.owner().epoch())
        .add("claims", "bool", CompleteAndClaim::claim)
        .add("tasks", "int8", ofRun(CompleteAndClaim.Completion::task))
        .add("tokens", "int8", ofRun(CompleteAndClaim.Completion::token))
        .addBytes("results", ofRun(completion -> result(completion).body()))
        .add("result_types", "text", ofRun(completion -> result(completion).contentType()))
        .add("logs", "text", ofRun(SucceedAndClaimStatement::log))
        .add("progress", "text", ofRun(SucceedAndClaimStatement::progress));
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
