package io.tasklane.workflow.compile;

import io.tasklane.workflow.definition.Node;
import java.util.List;
import java.util.Optional;

/**
 * Where a node stands.
 *
 * @param node it
 * @param path in the definition, as in "root.chain.nodes[1]"
 * @param parent the one above it; empty for the root
 * @param role what it is to that
 * @param position among the children of that, from 0
 * @param loops ids of the for-eachs around it, from the outermost inwards
 * @param waitId id of the innermost wait whose event it may read; itself, if it is one
 */
public record Placement(
    Node node,
    String path,
    Optional<Placement> parent,
    Role role,
    int position,
    List<String> loops,
    Optional<String> waitId) {
  /** Copies the ids. */
  public Placement {
    loops = List.copyOf(loops);
  }

  /** Its id. */
  public String id() {
    return node.id();
  }

  /** How many nodes are above it. */
  public int depth() {
    return parent.map(above -> above.depth() + 1).orElse(0);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }

  @Override
  public String toString() {
    return path;
  }
}
