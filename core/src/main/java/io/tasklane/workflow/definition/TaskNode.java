package io.tasklane.workflow.definition;

import io.tasklane.task.Priority;
import io.tasklane.task.TaskRequest;
import java.util.Optional;

/**
 * An ordinary task.
 *
 * @param request what is created, with literal values; without a task id
 * @param priority empty takes that of the workflow, else the default; the one in the request does
 *     not count, because it does not tell unset from 5
 * @param expressions what is computed when it starts, and takes the place of literals
 */
public record TaskNode(
    TaskRequest request, Optional<Priority> priority, TaskExpressions expressions)
    implements NodeKind {
  /** A task whose values are all literal. */
  public static TaskNode of(TaskRequest request) {
    return new TaskNode(request, Optional.empty(), TaskExpressions.NONE);
  }

  /** The same with computed values. */
  public TaskNode with(TaskExpressions computed) {
    return new TaskNode(request, priority, computed);
  }
}
