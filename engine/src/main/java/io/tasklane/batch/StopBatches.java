package io.tasklane.batch;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.task.Actor;
import java.sql.SQLException;

/** Stops batch operations. It waits for a step that is under way, so that it is the last one. */
final class StopBatches implements SingleCommand<StopBatches.Stop, BatchOperation> {
  /**
   * A request to stop one.
   *
   * @param id of it
   * @param actor who, and why
   */
  record Stop(String id, Actor actor) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.STOP_BATCHES;
  }

  @Override
  public Outcome<BatchOperation> executeOne(Batch batch, Stop stop) throws SQLException {
    BatchRows rows = new BatchRows(batch.connection());
    BatchOperation operation = rows.lock(stop.id());
    return switch (operation.state()) {
      case RUNNING -> Outcome.done(rows.stop(stop.id(), stop.actor()));
      case STOPPED -> Outcome.done(operation);
      case SUCCEEDED, FAILED ->
          Outcome.refused(
              Refusal.precondition(
                  RefusalReason.BATCH_OPERATION_ENDED,
                  operation.name(),
                  "is " + operation.state() + " and cannot be stopped any more"));
    };
  }
}
