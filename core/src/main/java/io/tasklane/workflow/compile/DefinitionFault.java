package io.tasklane.workflow.compile;

/**
 * Something in a definition that is not allowed.
 *
 * @param path of the field, as in "root.chain.nodes[1].task_expressions.priority"
 * @param reason machine-readable
 * @param problem what is wrong, and what is allowed
 */
public record DefinitionFault(String path, Reason reason, String problem) {
  /** Kinds of faults. */
  public enum Reason {
    /** A value is out of its range. */
    INVALID_FIELD,
    /** Two nodes have one id. */
    NODE_ID_DUPLICATE,
    /** An expression does not compile; the problem says line and column. */
    EXPRESSION,
    /** An expression reads a node that does not exist, or that cannot have ended by then. */
    OUTPUT_UNREADABLE,
    /** A queue does not exist. */
    QUEUE_UNKNOWN,
    /** A task type does not exist, or its queue does not accept it. */
    TASK_TYPE_UNKNOWN,
    /** A template, or its version, does not exist. */
    TEMPLATE_UNKNOWN,
    /** A template contains itself, directly or through others. */
    TEMPLATE_CYCLE,
    /** It has too many nodes, or nests too deep. */
    WORKFLOW_TOO_LARGE
  }

  @Override
  public String toString() {
    return path + ": " + problem;
  }
}
