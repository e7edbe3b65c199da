package io.tasklane.workflow.definition;

import java.util.List;

/**
 * Side by side. Its output is the list of the outputs of its nodes in the order of the definition,
 * null for each that has none.
 *
 * @param nodes at least one
 * @param policy what a bad end of one means to the others and to the group
 * @param maximumParallel how many may be open at once; 0 for all
 */
public record Group(List<Node> nodes, FailurePolicy policy, int maximumParallel)
    implements NodeKind {
  /** Copies the nodes. */
  public Group {
    nodes = List.copyOf(nodes);
  }

  @Override
  public List<Node> children() {
    return nodes;
  }
}
