package io.tasklane.task.complete;

import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.task.Payload;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.state.Move;
import java.sql.SQLException;

/**
 * Completes a run and claims the head of its queue at once, as most ends are: the run has succeeded
 * and nobody waits for that. If this is no longer true, because a dependent or a cancellation has
 * arrived, the statement completes and claims nothing, and {@link CompleteRuns} decides. It reads
 * the clock once, so that the run that ends and the run that begins share an instant and never
 * overlap.
 *
 * <p>{@link SucceedAndClaimManyStatement} does the same for several commands, from the same pieces;
 * for a single one it takes 1.4 times as long (docs/adr/0023).
 */
public final class SucceedAndClaimStatement {
  private static final String SQL =
      """
      WITH ask AS MATERIALIZED (
        SELECT :task::bigint AS task, :token::bigint AS token, :result::bytea AS result,
            :result_type::text AS result_type, :log::text AS log, :queue::int AS queue,
            :claim_at_once::boolean AS claim, :node::text AS node,
            :incarnation::bigint AS incarnation, :epoch::bigint AS epoch, 0::bigint AS cleared,
            :awaited::boolean AS awaited, :progress::jsonb AS progress),
      ${NOW},
      ${HELD},
      reported AS MATERIALIZED (
        SELECT nextval('event_seq') AS seq FROM ask WHERE progress IS NOT NULL),
      completed AS (
        UPDATE task k SET state = ${SUCCEEDED},
            version = k.version + 1 + (reported.seq IS NOT NULL)::int,
            progress = coalesce(ask.progress, k.progress), result = ask.result,
            result_type = ask.result_type, ${SUCCEEDED_WITH}
        FROM t, held, ask LEFT JOIN reported ON true -- its number precedes that of this move
        WHERE k.id = (SELECT task FROM ask) AND k.fencing_token = ask.token
          AND (ask.awaited OR NOT k.needed) AND ${PLAIN}
        RETURNING k.id, k.queue, k.state, k.version, k.revision, k.priority, k.attempt,
            k.task_type, k.name, k.node, k.start_time, k.progress, k.move_xid, k.end_time,
            k.fencing_token, ask.log, reported.seq AS reported),
      freed AS (
        DELETE FROM task_lease l
        WHERE l.queue = (SELECT queue FROM completed) AND l.task = (SELECT id FROM completed)),
      ${SUCCESS_KEPT},
      slot AS MATERIALIZED (
        SELECT ${MAY_CLAIM} AND EXISTS (SELECT FROM completed)
          AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue
            AND l.task <> ask.task) < held.concurrency AS free
        FROM ask, held),
      ${CLAIMED},
      ${LOG}
      ${LOG_SUCCESS}
        UNION ALL
      ${LOG_CLAIM})
      SELECT ${TASK}, (SELECT free FROM slot) AS slot_free, (SELECT task FROM head) AS head,
          EXISTS (SELECT FROM completed) AS completed
      FROM ask LEFT JOIN claimed c ON true""";

  private SucceedAndClaimStatement() {}

  /** The SQL, with named parameters. */
  public static String text(ClaimSql pieces) {
    return pieces.complete(SQL);
  }

  /** Whether the statement is worth trying; it checks the remaining conditions itself. */
  static boolean fits(CompleteAndClaim.Completion completion) {
    RunCompletion what = completion.decision();
    return what.ifRunning() == Move.SUCCEED
        && what.result().isPresent()
        && !what.partial()
        && completion.orderingKey().isEmpty();
  }

  /**
   * Binds the parameters of the statement.
   *
   * @param awaited whether to complete a task that others need as well; the statement after this
   *     one resolves the dependents, and the one after that claims
   */
  static void bind(Parameters parameters, CompleteAndClaim command, boolean awaited)
      throws SQLException {
    CompleteAndClaim.Completion completion = command.completion().orElseThrow();
    Payload result = completion.decision().result().orElseThrow();
    parameters
        .set("task", completion.task())
        .set("token", completion.token())
        .set("result", result.body())
        .set("result_type", result.contentType())
        .set("log", log(completion))
        .set("queue", command.owner().queue())
        .set("claim_at_once", command.claim() && !awaited)
        .set("node", command.owner().node())
        .set("incarnation", command.owner().incarnation())
        .set("epoch", command.owner().epoch())
        .set("awaited", awaited)
        .set("progress", progress(completion));
  }

  /** The handler's log as stored; null for none. */
  static String log(CompleteAndClaim.Completion completion) {
    return completion.log().isEmpty() ? null : Rows.storable(completion.log());
  }

  /** The last progress report as stored; null for none. */
  static String progress(CompleteAndClaim.Completion completion) {
    return completion.progress().map(JsonColumns::progress).map(Rows::storable).orElse(null);
  }
}
