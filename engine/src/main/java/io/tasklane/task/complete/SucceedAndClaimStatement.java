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
 * The turn of most runs, in half the time of {@link CompleteAndClaimStatement}: one that has
 * succeeded and that nobody waits for. Where it is not so after all, because a task that needs it
 * came in, or a request to cancel it, this settles and claims nothing, and the other one decides.
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
          settled AS (
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
            WHERE l.queue = (SELECT queue FROM settled) AND l.task = (SELECT id FROM settled)),
          ${SUCCESS_KEPT},
          slot AS MATERIALIZED (
            SELECT ${MAY_CLAIM} AND EXISTS (SELECT FROM settled)
              AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue
                AND l.task <> ask.task) < held.concurrency AS free
            FROM ask, held),
          ${CLAIMED},
          ${LOG}
          ${LOG_SUCCESS}
            UNION ALL
          ${LOG_CLAIM})
          SELECT ${TOLD}, EXISTS (SELECT FROM settled) AS settled, false AS settle_later,
              NULL AS heard
          FROM ask LEFT JOIN claimed c ON true""");

  private SucceedAndClaimStatement() {}

  /** Whether it is worth a try; what else speaks against it the statement sees. */
  static boolean fits(CompleteAndClaim.Settle settle) {
    RunCompletion what = settle.settlement();
    return what.ifRunning() == Move.SUCCEED
        && what.result().isPresent()
        && !what.partial()
        && settle.orderingKey().isEmpty();
  }

  /** The statement, bound. */
  static PreparedStatement of(Batch batch, CompleteAndClaim turn) throws SQLException {
    PreparedStatement statement = batch.connection().prepareStatement(SQL);
    bind(statement, 0, turn, false);
    return statement;
  }

  /**
   * Binds the parameters of the statement.
   *
   * @param before so many others stand before them
   * @param awaited whether it also settles a task that others need, who are told by a statement
   *     behind this one; then that one's neighbour claims
   */
  static void bind(PreparedStatement statement, int before, CompleteAndClaim turn, boolean awaited)
      throws SQLException {
    CompleteAndClaim.Settle settle = turn.settle().orElseThrow();
    Payload result = settle.settlement().result().orElseThrow();
    statement.setLong(before + 1, settle.task());
    statement.setLong(before + 2, settle.token());
    statement.setBytes(before + 3, result.body());
    statement.setString(before + 4, result.contentType());
    statement.setString(before + 5, log(settle));
    statement.setInt(before + 6, turn.owner().queue());
    statement.setBoolean(before + 7, turn.claim() && !awaited);
    statement.setString(before + 8, turn.owner().node());
    statement.setLong(before + 9, turn.owner().incarnation());
    statement.setLong(before + 10, turn.owner().epoch());
    statement.setBoolean(before + 11, awaited);
    statement.setString(before + 12, progress(settle));
  }

  /** What the handler logged, as it is stored: null for nothing. */
  static String log(CompleteAndClaim.Settle settle) {
    return settle.log().isEmpty() ? null : Rows.storable(settle.log());
  }

  /** What it reported last, as it is stored: null where there is nothing new. */
  static String progress(CompleteAndClaim.Settle settle) {
    return settle.progress().map(JsonColumns::progress).map(Rows::storable).orElse(null);
  }
}
