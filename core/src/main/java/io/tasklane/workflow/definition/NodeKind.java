package io.tasklane.workflow.definition;

import java.util.List;

/** What a node does. */
public sealed interface NodeKind
    permits Chain, Choice, EventWait, ForEach, Group, QueueRun, SubWorkflow, TaskNode, Timer {
  /** The nodes right below it in the order of the definition, without the branch for failures. */
  default List<Node> children() {
    return List.of();
  }
}
