package io.tasklane.task.store;

import io.tasklane.store.Batch;
import io.tasklane.store.OwnerRow;
import io.tasklane.store.Ownership;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Claims the head of a queue where no run is to be settled with it. */
final class ClaimStatement {
  static final String SQL =
      ClaimSql.complete(
          """
          WITH ask AS MATERIALIZED (
            SELECT ?::int AS queue, ?::boolean AS claim, ?::int AS concurrency, ?::text AS node,
                ?::bigint AS incarnation, ?::bigint AS cleared),
          ${NOW},
          slot AS MATERIALIZED (
            SELECT ask.claim AND (SELECT count(*) FROM task_lease l WHERE l.queue = ask.queue)
              < ask.concurrency AS free
            FROM ask),
          ${CLAIMED},
          ${LOG}
          ${LOG_CLAIM})
          SELECT false AS settled, false AS settle_later, NULL AS heard, ${TOLD}
          FROM ask LEFT JOIN claimed c ON true""");

  private ClaimStatement() {}

  /**
   * The statement, bound.
   *
   * @param claim false only tells that nothing may be claimed
   * @param cleared a task whose resources have been checked, 0 for none
   */
  static PreparedStatement of(
      Batch batch, Ownership mine, boolean claim, OwnerRow owner, long cleared)
      throws SQLException {
    PreparedStatement statement = batch.connection().prepareStatement(SQL);
    statement.setInt(1, mine.queue());
    statement.setBoolean(2, claim);
    statement.setInt(3, owner.concurrency());
    statement.setString(4, mine.node());
    statement.setLong(5, mine.incarnation());
    statement.setLong(6, cleared);
    return statement;
  }
}
