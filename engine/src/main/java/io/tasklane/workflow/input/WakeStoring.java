package io.tasklane.workflow.input;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;

/**
 * Wakes whoever stores large inputs, as due work; it writes nothing. The result is 0.
 *
 * @param wake returns at once
 */
public record WakeStoring(Runnable wake) implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  public static final String PROBE = "SELECT EXISTS (SELECT FROM workflow_input)";

  @Override
  public CommandOrder order() {
    return CommandOrder.WAKE_STORING;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) {
    batch.afterCommit(wake);
    return Outcome.done(0);
  }
}
