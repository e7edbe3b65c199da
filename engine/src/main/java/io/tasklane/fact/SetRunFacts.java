package io.tasklane.fact;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.List;

/**
 * Sets facts at once on behalf of runs whose lease is live; the result is whether it is. The lock
 * on the task's row prevents the lease from being lost, and the next run from being claimed, before
 * the fact is durable.
 */
record SetRunFacts() implements SingleCommand<SetRunFacts.Wanted, Boolean> {
  /**
   * What a run sets.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param fact what to set
   */
  record Wanted(TaskKey task, FencingToken token, NewFact fact) {}

  private static final String LIVE =
      """
      SELECT id FROM task WHERE id = :task AND fencing_token = :token AND state IN (%d, %d)
      FOR NO KEY UPDATE"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  @Override
  public CommandOrder order() {
    return CommandOrder.SET_RUN_FACTS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Wanted wanted) throws SQLException {
    boolean live =
        NamedSql.on(batch.connection(), LIVE)
            .set("task", wanted.task())
            .set("token", wanted.token())
            .exists();
    if (!live) {
      return Outcome.done(false);
    }
    return FactRows.set(batch, List.of(wanted.fact())) ? Outcome.done(true) : Outcome.again();
  }
}
