package io.tasklane.task;

/**
 * How urgent a task is among the waiting tasks of its queue: 1 to 10, 10 runs first.
 *
 * @param value 1 to 10
 */
public record Priority(int value) {
  /** The priority of a task without one. */
  public static final Priority DEFAULT = new Priority(5);

  /** Refuses values other than 1 to 10. */
  public Priority {
    if (value < 1 || value > 10) {
      throw new IllegalArgumentException(
          "priority " + value + " is not allowed: 1 to 10, 10 runs first");
    }
  }

  /** The priority with the wire's number: 0 means the default. */
  public static Priority ofWire(int value) {
    return value == 0 ? DEFAULT : new Priority(value);
  }

  /** The JMS priority, 0 to 9, of the ready signal of such a task. */
  public int toJms() {
    return value - 1;
  }
}
