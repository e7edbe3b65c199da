package io.tasklane.workflow.definition;

import java.util.Optional;

/**
 * A node of the tree.
 *
 * @param id unique within the workflow: a letter, then letters, digits, "_" and "-", at most 63
 * @param kind what it does
 * @param onFailure runs if it fails, and not if it is cancelled; the node then counts as succeeded
 *     with the output of this, or fails as this does
 */
public record Node(String id, NodeKind kind, Optional<Node> onFailure) {
  /** A node without a branch for failures. */
  public static Node of(String id, NodeKind kind) {
    return new Node(id, kind, Optional.empty());
  }

  /** The same with a branch for failures. */
  public Node onFailure(Node branch) {
    return new Node(id, kind, Optional.of(branch));
  }
}
