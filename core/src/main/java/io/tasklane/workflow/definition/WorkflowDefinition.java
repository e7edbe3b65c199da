package io.tasklane.workflow.definition;

import io.tasklane.task.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A whole workflow, as it stands in a template or in a request.
 *
 * @param root the tree
 * @param result CEL over inputs, outputs and facts; empty means the output of the root
 * @param priority of its tasks, unless they say another
 * @param labels of the workflow, at most 64, as tasks have them
 * @param timeLimit from its start, 1 ms to 365 days; then it fails, kind TIMEOUT, and what is open
 *     is cancelled; empty means none
 */
public record WorkflowDefinition(
    Node root,
    Optional<String> result,
    Optional<Priority> priority,
    Map<String, String> labels,
    Optional<Duration> timeLimit) {
  /** Copies the labels. */
  public WorkflowDefinition {
    labels = Map.copyOf(labels);
  }

  /** Only a tree. */
  public static WorkflowDefinition of(Node root) {
    return new WorkflowDefinition(
        root, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
  }

  /** The same with an expression for its result. */
  public WorkflowDefinition withResult(String expression) {
    return new WorkflowDefinition(root, Optional.of(expression), priority, labels, timeLimit);
  }

  /** The same with a time limit. */
  public WorkflowDefinition withTimeLimit(Duration limit) {
    return new WorkflowDefinition(root, result, priority, labels, Optional.of(limit));
  }
}
