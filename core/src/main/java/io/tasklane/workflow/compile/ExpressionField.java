package io.tasklane.workflow.compile;

/**
 * A field of a node that holds an expression. Faults name it so, at compile time and at run time.
 *
 * @param field such as "condition.condition"
 * @param key within that field, where it is a map; else empty
 */
public record ExpressionField(String field, String key) {
  /** The condition of a condition node. */
  public static final ExpressionField CONDITION = new ExpressionField("condition.condition", "");

  /** The condition that an event has to meet. */
  public static final ExpressionField EVENT = new ExpressionField("event_wait.condition", "");

  /** The list of a for-each. */
  public static final ExpressionField ITEMS = new ExpressionField("for_each.items", "");

  /** The time of a timer. */
  public static final ExpressionField UNTIL = new ExpressionField("timer.until", "");

  /** The priority of a task. */
  public static final ExpressionField PRIORITY =
      new ExpressionField("task_expressions.priority", "");

  /** The ordering key of a task. */
  public static final ExpressionField ORDERING_KEY =
      new ExpressionField("task_expressions.ordering_key", "");

  /** The time before which a task does not start. */
  public static final ExpressionField RUN_AFTER =
      new ExpressionField("task_expressions.run_after_time", "");

  /** A key of the input of a task. */
  public static ExpressionField input(String key) {
    return new ExpressionField("task_expressions.input", key);
  }

  /** A label of a task. */
  public static ExpressionField label(String key) {
    return new ExpressionField("task_expressions.labels", key);
  }

  /** An input of a sub-workflow. */
  public static ExpressionField workflowInput(String name) {
    return new ExpressionField("workflow.inputs", name);
  }

  @Override
  public String toString() {
    return key.isEmpty() ? field : field + "[\"" + key + "\"]";
  }
}
