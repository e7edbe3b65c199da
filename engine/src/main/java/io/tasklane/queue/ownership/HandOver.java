package io.tasklane.queue.ownership;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.OwnerCommand;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import java.sql.SQLException;

/**
 * Gives a queue up, to the bidding node or, without a bid, to the first node that takes it. Only an
 * owner without runs does so; its epoch ends with it.
 */
public final class HandOver implements OwnerCommand<Ownership, Boolean> {
  /** The twin in core is {@code QueueOwner.givenUp}. */
  static final String SQL =
      """
      UPDATE queue_owner SET node = bid_node, incarnation = bid_incarnation, epoch = epoch + 1,
          bid_node = NULL, bid_incarnation = NULL
      WHERE queue = :queue AND NOT EXISTS (
        SELECT FROM task_lease l WHERE l.queue = queue_owner.queue AND l.node = :node)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.HAND_OVER;
  }

  @Override
  public QueueKey queueOf(Ownership mine) {
    return mine.queue();
  }

  @Override
  public Boolean execute(Batch batch, Ownership mine, OwnerRow row) throws SQLException {
    boolean given =
        row.isHeldBy(mine)
            && NamedSql.on(batch.connection(), SQL)
                    .set("queue", mine.queue())
                    .set("node", mine.node())
                    .update()
                == 1;
    if (given) {
      batch.replace(row.released());
    }
    return given;
  }
}
