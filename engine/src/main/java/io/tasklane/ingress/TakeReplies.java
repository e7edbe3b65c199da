package io.tasklane.ingress;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Takes replies to send. Those of a node that dies before it has removed them are taken again after
 * {@value #HOLD_SECONDS} s. The command is the maximum number; the result is in their order.
 */
record TakeReplies() implements SingleCommand<Integer, List<Reply>> {
  static final int HOLD_SECONDS = 30;

  static final String PROBE =
      "SELECT EXISTS (SELECT FROM ingress_reply WHERE take_after <= clock_timestamp())";

  private static final String TAKE =
      """
      UPDATE ingress_reply SET attempts = attempts + 1,
          take_after = clock_timestamp() + %d * interval '1 s'
      WHERE id IN (
        SELECT id FROM ingress_reply WHERE take_after <= clock_timestamp()
        ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
      RETURNING id, kind, task_name, problem, destination, attempts"""
          .formatted(HOLD_SECONDS);

  @Override
  public CommandOrder order() {
    return CommandOrder.TAKE_REPLIES;
  }

  @Override
  public Outcome<List<Reply>> executeOne(Batch batch, Integer limit) throws SQLException {
    return Outcome.done(
        NamedSql.on(batch.connection(), TAKE).set("limit", limit).list(TakeReplies::read).stream()
            .sorted(Comparator.comparingLong(Reply::id))
            .toList());
  }

  private static Reply read(ResultSet row) throws SQLException {
    return new Reply(
        row.getLong("id"),
        Reply.Kind.of(row.getInt("kind")),
        row.getString("task_name"),
        row.getString("problem"),
        ReplyAddress.read(row.getString("destination")),
        row.getInt("attempts"));
  }
}
