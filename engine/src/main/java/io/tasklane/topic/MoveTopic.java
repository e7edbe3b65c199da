package io.tasklane.topic;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.SQLException;

/** Notes up to which position the log has been sent; the result is whether the node still sends. */
record MoveTopic() implements SingleCommand<MoveTopic.Move, Boolean> {
  /**
   * A position.
   *
   * @param epoch of the node that sends
   * @param transaction first half
   * @param sequence second half
   */
  record Move(long epoch, long transaction, long sequence) {}

  private static final String MOVE =
      "UPDATE event_topic SET xid = :xid, seq = :seq WHERE epoch = :epoch";

  @Override
  public CommandOrder order() {
    return CommandOrder.MOVE_TOPIC;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Move move) throws SQLException {
    return Outcome.done(
        NamedSql.on(batch.connection(), MOVE)
                .set("xid", move.transaction())
                .set("seq", move.sequence())
                .set("epoch", move.epoch())
                .update()
            == 1);
  }
}
