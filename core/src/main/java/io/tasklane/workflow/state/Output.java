package io.tasklane.workflow.state;

import io.tasklane.workflow.NodeKey;

/**
 * What a node leaves. A large value is not carried along: whoever needs it finds it by the node
 * that has it.
 */
public sealed interface Output {
  /** Nothing; reads as null. */
  Output NONE = new Value(null);

  /**
   * A small value.
   *
   * @param json maps, lists, strings, booleans, numbers or null
   */
  record Value(Object json) implements Output {}

  /**
   * The result of the task or sub-workflow of a node.
   *
   * @param key the node
   */
  record Result(NodeKey key) implements Output {}

  /**
   * The outputs of the members of a group or for-each, in the order of their positions, null for
   * each that has none.
   *
   * @param key the group or for-each
   */
  record Gathered(NodeKey key) implements Output {}
}
