package io.tasklane.queue.ownership;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a queue up, to the bidding node or, without a bid, to the first node that takes it. Only an
 * owner without runs does so; its epoch ends with it.
 */
public final class HandOver implements CommandKind<Ownership, Boolean> {
  private static final String SQL =
      """
      UPDATE queue_owner SET node = bid_node, incarnation = bid_incarnation, epoch = epoch + 1,
          bid_node = NULL, bid_incarnation = NULL
      WHERE queue = ? AND NOT EXISTS (
        SELECT FROM task_lease l WHERE l.queue = queue_owner.queue AND l.node = ?)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.HAND_OVER;
  }

  @Override
  public Set<Integer> queuesOf(Ownership mine) {
    return Set.of(mine.queue());
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<Ownership> owned) throws SQLException {
    List<Outcome<Boolean>> outcomes = new ArrayList<>();
    for (Ownership mine : owned) {
      Optional<OwnerRow> row = batch.owner(mine.queue());
      outcomes.add(row.isEmpty() ? Outcome.again() : Outcome.done(give(batch, mine, row.get())));
    }
    return outcomes;
  }

  private static boolean give(Batch batch, Ownership mine, OwnerRow row) throws SQLException {
    if (!row.isHeldBy(mine)) {
      return false;
    }
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      statement.setInt(1, mine.queue());
      statement.setString(2, mine.node());
      boolean given = statement.executeUpdate() == 1;
      if (given) {
        batch.replace(row.released());
      }
      return given;
    }
  }
}
