package io.tasklane.ingress;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.SQLException;
import java.util.List;

/** Removes replies that the broker has, and lets the others be taken again soon. */
record SettleReplies() implements SingleCommand<SettleReplies.Settled, Boolean> {
  /**
   * Replies that were taken.
   *
   * @param done those that need not be sent any more
   * @param left those that were not sent
   */
  record Settled(List<Long> done, List<Long> left) {}

  private static final String REMOVE = "DELETE FROM ingress_reply WHERE id = ANY (:ids)";
  private static final String RELEASE =
      """
      UPDATE ingress_reply SET take_after = clock_timestamp() + least(attempts, 30) * interval '1 s'
      WHERE id = ANY (:ids)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.SETTLE_REPLIES;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Settled settled) throws SQLException {
    on(batch, REMOVE, settled.done());
    on(batch, RELEASE, settled.left());
    return Outcome.done(true);
  }

  private static void on(Batch batch, String sql, List<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      NamedSql.on(batch.connection(), sql).set("ids", "int8", ids).update();
    }
  }
}
