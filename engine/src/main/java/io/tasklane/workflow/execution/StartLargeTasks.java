package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.workflow.input.LargeInput;
import java.sql.SQLException;

/**
 * Creates tasks whose inputs have been stored as artifacts. The result is false where the node was
 * cancelled meanwhile, so that there is no task.
 *
 * @param executions decides what follows
 */
record StartLargeTasks(Executions executions) implements SingleCommand<LargeInput.Stored, Boolean> {
  @Override
  public CommandOrder order() {
    return CommandOrder.START_LARGE_TASKS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, LargeInput.Stored stored) throws SQLException {
    Execution execution = executions.begin(batch, "system:workflow");
    boolean isWanted = execution.start(stored);
    executions.run(execution);
    return Outcome.done(isWanted);
  }
}
