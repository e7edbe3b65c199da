package io.tasklane.feature;

import io.tasklane.commit.Batch;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;

/** A feature's part in the ends of workflows. */
@FunctionalInterface
public interface WorkflowListener {
  /**
   * A workflow.
   *
   * @param key of its row
   * @param creator principal of whoever has started it
   * @param state in which it ended, as a task would: SUCCEEDED, FAILED or CANCELLED
   */
  record Ended(long key, String creator, TaskState state) {}

  /** A workflow has ended in this transaction; one that is retried may do so again. */
  void workflowEnded(Batch batch, Ended workflow) throws SQLException;
}
