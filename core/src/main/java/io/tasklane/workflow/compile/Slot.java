package io.tasklane.workflow.compile;

/**
 * A field of a node that holds an expression. Faults name it so, at compile time and at run time.
 *
 * @param field such as "condition.expression"
 * @param key within that field, where it is a map; else empty
 */
public record Slot(String field, String key) {
  /** The condition of a condition node. */
  public static final Slot CONDITION = new Slot("condition.expression", "");

  /** The condition that an event has to meet. */
  public static final Slot EVENT = new Slot("event_wait.condition", "");

  /** The list of a for-each. */
  public static final Slot ITEMS = new Slot("for_each.items", "");

  /** The time of a timer. */
  public static final Slot UNTIL = new Slot("timer.until", "");

  /** The priority of a task. */
  public static final Slot PRIORITY = new Slot("priority_expression", "");

  /** The ordering key of a task. */
  public static final Slot ORDERING_KEY = new Slot("ordering_key_expression", "");

  /** The time before which a task does not start. */
  public static final Slot RUN_AFTER = new Slot("run_after_expression", "");

  /** A key of the input of a task. */
  public static Slot input(String key) {
    return new Slot("input_expressions", key);
  }

  /** A label of a task. */
  public static Slot label(String key) {
    return new Slot("label_expressions", key);
  }

  /** An input of a sub-workflow. */
  public static Slot workflowInput(String name) {
    return new Slot("workflow.inputs", name);
  }

  @Override
  public String toString() {
    return key.isEmpty() ? field : field + "[\"" + key + "\"]";
  }
}
