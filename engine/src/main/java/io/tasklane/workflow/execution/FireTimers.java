package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Tells workflows that their timers are due, by the database's clock. The command is the maximum
 * number of timers; the result is how many there were.
 *
 * @param executions decides what follows
 */
record FireTimers(Executions executions) implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  static final String PROBE =
      "SELECT EXISTS (SELECT FROM workflow_timer WHERE due <= clock_timestamp())";

  private static final String TAKE =
      """
      WITH first AS MATERIALIZED (
        SELECT ctid AS row FROM workflow_timer WHERE due <= clock_timestamp()
        ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED)
      DELETE FROM workflow_timer WHERE ctid = ANY (ARRAY(SELECT row FROM first))
      RETURNING workflow, node, index, run""";

  @Override
  public CommandOrder order() {
    return CommandOrder.FIRE_TIMERS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    List<Step> due =
        NamedSql.on(batch.connection(), TAKE).set("limit", limit).list(FireTimers::step);
    if (!due.isEmpty()) {
      executions.run(batch, "system:due", due);
    }
    return Outcome.done(due.size());
  }

  private static Step step(ResultSet row) throws SQLException {
    if (row.getString("node") == null) {
      return new Step(row.getLong("workflow"), new WorkflowEvent.TimeLimitReached());
    }
    return new Step(
        row.getLong("workflow"),
        new WorkflowEvent.TimerFired(NodeColumns.key(row), row.getInt("run")));
  }
}
