package io.tasklane.batch;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes targets of a batch operation that is about to start, so that its start remains a small
 * transaction. If it never starts, the clean-up removes them.
 */
final class AddTargets implements SingleCommand<AddTargets.Add, Boolean> {
  /**
   * Targets to write.
   *
   * @param batch id of the batch operation
   * @param pieces of its targets
   */
  record Add(String batch, List<TargetRows.Piece> pieces) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.ADD_BATCH_TARGETS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Add add) throws SQLException {
    new TargetRows(batch.connection()).add(add.batch(), add.pieces());
    return Outcome.done(true);
  }
}
