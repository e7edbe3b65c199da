package io.tasklane.batch;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.signal.ReadySignals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Starts batch operations.
 *
 * @param signals are told that the first step may begin
 */
record StartBatches(ReadySignals signals)
    implements SingleCommand<StartBatches.Start, BatchOperation> {
  /**
   * A batch operation to start.
   *
   * @param id of it
   * @param request what is done
   * @param matched number of its targets
   * @param pieces of the targets that have not been written yet
   */
  record Start(String id, BatchRequest request, int matched, List<TargetRows.Piece> pieces) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.START_BATCHES;
  }

  @Override
  public Outcome<BatchOperation> executeOne(Batch batch, Start start) throws SQLException {
    new TargetRows(batch.connection()).add(start.id(), start.pieces());
    BatchOperation started =
        new BatchRows(batch.connection()).start(start.id(), start.request(), start.matched());
    batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    return Outcome.done(started);
  }
}
