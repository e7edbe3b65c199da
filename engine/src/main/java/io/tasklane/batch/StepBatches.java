package io.tasklane.batch;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.signal.ReadySignals;
import io.tasklane.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes one step of the batch operation that is due first. The command is ignored; the result is 1,
 * or 0 where there was nothing to do or the step could do nothing now.
 */
final class StepBatches implements SingleCommand<Integer, Integer> {
  private final TargetActions actions;
  private final ReadySignals signals;
  private final Ticker ticker;
  private final Faults faults = new Faults();

  /**
   * Makes steps of these actions.
   *
   * @param signals are told when the next step may begin
   * @param ticker limits how long a step takes
   */
  StepBatches(TargetActions actions, ReadySignals signals, Ticker ticker) {
    this.actions = actions;
    this.signals = signals;
    this.ticker = ticker;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.STEP_BATCHES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer ignored) throws SQLException {
    BatchRows rows = new BatchRows(batch.connection());
    Optional<BatchRows.Due> found = rows.lockDue();
    if (found.isEmpty()) {
      return Outcome.done(0);
    }
    BatchRows.Due due = found.get();
    StepResult result =
        BatchPace.isGivenUp(due.lastStep(), due.now())
            ? givenUp(due)
            : new BatchStep(batch, due, actions, faults, ticker).result();
    rows.write(result);
    if (result.state() == BatchState.RUNNING) {
      batch.afterCommit(() -> signals.dueIn(result.rest()));
    } else {
      batch.afterCommit(() -> faults.forget(result.id()));
    }
    return Outcome.done(result.tried() > 0 ? 1 : 0);
  }

  private static StepResult givenUp(BatchRows.Due due) {
    BatchOperation operation = due.operation();
    String why = due.delay().isEmpty() ? "no node could make a step" : due.delay();
    return new StepResult(
        operation.id(),
        BatchState.FAILED,
        operation.counts(),
        0,
        Duration.ZERO,
        due.delay(),
        "given up, because it could not go on for " + BatchPace.PATIENCE.toHours() + " h: " + why);
  }
}
