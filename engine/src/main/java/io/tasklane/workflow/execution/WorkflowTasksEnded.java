package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import java.sql.SQLException;
import java.util.List;

/**
 * Decides what follows from the ends of tasks of workflows, in the command that ends them.
 *
 * @param executions decides, writes and acts
 */
record WorkflowTasksEnded(Executions executions) implements CompletionListener {
  @Override
  public boolean concerns(EndedTask task) {
    return (task.listeners() & TaskOrders.LISTENER) != 0;
  }

  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    List<EndedNodes.Place> places =
        EndedNodes.places(batch.connection(), ended.stream().map(EndedTask::id).toList());
    if (!places.isEmpty()) {
      executions.run(batch, "system:workflow", EndedNodes.at(batch.connection(), places));
    }
    return List.of(); // what it cancels runs through the listeners by itself
  }
}
