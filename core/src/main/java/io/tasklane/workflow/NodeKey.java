package io.tasklane.workflow;

import java.util.ArrayList;
import java.util.List;

/**
 * One copy of a node of a workflow.
 *
 * @param nodeId the node
 * @param index which copy, from the outermost for-each inwards, each from 0; empty outside of one
 */
public record NodeKey(String nodeId, List<Integer> index) {
  /** Copies the index. */
  public NodeKey {
    index = List.copyOf(index);
  }

  /** A node outside of every for-each. */
  public static NodeKey of(String nodeId) {
    return new NodeKey(nodeId, List.of());
  }

  /** Another node of the same copy. */
  public NodeKey sibling(String otherId) {
    return new NodeKey(otherId, index);
  }

  /** The copy of a node at this position of the for-each that this is. */
  public NodeKey copy(String inner, int position) {
    List<Integer> deeper = new ArrayList<>(index);
    deeper.add(position);
    return new NodeKey(inner, deeper);
  }

  /** A node that has so many for-eachs around it, all of which are around this one too. */
  public NodeKey enclosing(String outer, int depth) {
    return new NodeKey(outer, index.subList(0, depth));
  }

  /** Position in the innermost for-each. */
  public int position() {
    return index.get(index.size() - 1);
  }

  @Override
  public String toString() {
    return index.isEmpty() ? nodeId : nodeId + index;
  }
}
