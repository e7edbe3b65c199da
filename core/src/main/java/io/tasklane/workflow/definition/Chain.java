package io.tasklane.workflow.definition;

import java.util.List;

/**
 * One after the other. The output of one is the input of the next; null where it was skipped. It
 * ends at the first that fails or is cancelled; its output is that of its last node.
 *
 * @param nodes at least one
 */
public record Chain(List<Node> nodes) implements NodeKind {
  /** Copies the nodes. */
  public Chain {
    nodes = List.copyOf(nodes);
  }

  @Override
  public List<Node> children() {
    return nodes;
  }
}
