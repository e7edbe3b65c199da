package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.database.Rows;
import io.tasklane.task.Payload;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.state.Move;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Completes most runs in half the time of {@link CompleteAndClaimStatement}: those that have
 * succeeded and that nobody waits for. If that is no longer true, because a dependent or a
 * cancellation has arrived, this statement completes and claims nothing, and the other one decides.
 */
public final class SucceedAndClaimStatement {
  public static final String SQL =
      ClaimSql.complete(
          """
          WITH ask AS MATERIALIZED (
            SELECT ?::bigint AS task, ?::bigint AS token, ?::bytea AS result,
                ?::text AS result_type, ?::text AS log, ?::int AS queue, ?::boolean AS claim,
                ?::text AS node, ?::bigint AS incarnation, ?::bigint AS epoch,
                0::bigint AS cleared, ?::boolean AS awaited, ?::jsonb AS progress),
          ${NOW},
          ${HELD},
          reported AS MATERIALIZED (
            SELECT nextval('event_seq') AS seq FROM ask WHERE progress IS NOT NULL),
          completed AS (
            UPDATE task k SET state = ${SUCCEEDED}, state_time = t.at,
                version = k.version + 1 + (reported.seq IS NOT NULL)::int,
                progress = coalesce(ask.progress, k.progress), move_xid = t.xid,
                revision = nextval('event_seq'), result = ask.result,
                result_type = ask.result_type, result_partial = false,
                result_expire_time = t.at + k.result_ttl_ms * interval '1 ms',
                failure_kind = NULL, failure_code = NULL, failure_message = NULL,
                failure_trace = NULL, failure_time = NULL, end_time = t.at,
                next_attempt_time = NULL
            FROM t, held, ask LEFT JOIN reported ON true -- its number precedes that of this move
            WHERE k.id = (SELECT task FROM ask) AND k.fencing_token = ask.token
              AND k.state = ${RUNNING}
              AND k.move_xid <= t.xid AND (ask.awaited OR NOT k.needed)
              AND k.deduplication_key IS NULL
              AND k.ordering_key IS NULL AND k.resource_units IS NULL
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
          SELECT ${CLAIM_ROW}, EXISTS (SELECT FROM completed) AS completed,
              false AS complete_later, NULL AS awaited
          FROM ask LEFT JOIN claimed c ON true""");

  private SucceedAndClaimStatement() {}

  /** Whether the statement is worth trying; it checks the remaining conditions itself. */
  static boolean fits(CompleteAndClaim.Completion completion) {
    RunCompletion what = completion.decision();
    return what.ifRunning() == Move.SUCCEED
        && what.result().isPresent()
        && !what.partial()
        && completion.orderingKey().isEmpty();
  }

  /** The bound statement. */
  static PreparedStatement of(Batch batch, CompleteAndClaim command) throws SQLException {
    PreparedStatement statement = batch.connection().prepareStatement(SQL);
    bind(statement, 0, command, false);
    return statement;
  }

  /**
   * Binds the parameters of the statement.
   *
   * @param before number of parameters before these
   * @param awaited whether to complete a task that others need as well; the statement after this
   *     one resolves the dependents, and the one after that claims
   */
  static void bind(
      PreparedStatement statement, int before, CompleteAndClaim command, boolean awaited)
      throws SQLException {
    CompleteAndClaim.Completion completion = command.completion().orElseThrow();
    Payload result = completion.decision().result().orElseThrow();
    statement.setLong(before + 1, completion.task());
    statement.setLong(before + 2, completion.token());
    statement.setBytes(before + 3, result.body());
    statement.setString(before + 4, result.contentType());
    statement.setString(before + 5, log(completion));
    statement.setInt(before + 6, command.owner().queue());
    statement.setBoolean(before + 7, command.claim() && !awaited);
    statement.setString(before + 8, command.owner().node());
    statement.setLong(before + 9, command.owner().incarnation());
    statement.setLong(before + 10, command.owner().epoch());
    statement.setBoolean(before + 11, awaited);
    statement.setString(before + 12, progress(completion));
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
