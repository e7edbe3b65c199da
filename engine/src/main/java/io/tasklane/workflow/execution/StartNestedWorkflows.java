package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * Starts the workflows of nodes, or runs them again where the node is retried. The command is the
 * maximum number of starts; the result is how many there were.
 *
 * @param executions decides what follows
 * @param starts writes workflows
 */
record StartNestedWorkflows(Executions executions, WorkflowStarts starts)
    implements SingleCommand<Integer, Integer> {
  /** Starts of one command: each costs several statements, and others wait for the commit. */
  static final int BATCH = 50;

  @Override
  public CommandOrder order() {
    return CommandOrder.START_NESTED_WORKFLOWS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    TreeSet<Long> outer = new TreeSet<>(NestedStarts.waiting(batch.connection(), limit));
    if (outer.isEmpty()) {
      return Outcome.done(0);
    }
    Execution execution = executions.begin(batch, "system:workflow");
    execution.open(outer);
    List<NestedStarts.Order> orders = NestedStarts.take(batch.connection(), outer, limit);
    NestedWorkflow nested = new NestedWorkflow(batch.connection(), execution, starts);
    for (NestedStarts.Order order : orders) {
      try {
        nested.start(order);
      } catch (Refusal refused) {
        nested.fail(order, refused.reason().name(), refused.getMessage());
      }
    }
    executions.run(execution);
    return Outcome.done(orders.size());
  }
}
