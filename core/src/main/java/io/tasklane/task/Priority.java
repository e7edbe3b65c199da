package io.tasklane.task;

/**
 * How urgent a task is among those that wait in its queue: 1 to 10, 10 runs first.
 *
 * @param value 1 to 10
 */
public record Priority(int value) {
  /** The priority of a task that names none. */
  public static final Priority DEFAULT = new Priority(5);

  /** Refuses what is not 1 to 10. */
  public Priority {
    if (value < 1 || value > 10) {
      throw new IllegalArgumentException(
          "priority " + value + " is not allowed: 1 to 10, 10 runs first");
    }
  }

  /** The wire's number: 0 reads as the default. */
  public static Priority ofWire(int value) {
    return value == 0 ? DEFAULT : new Priority(value);
  }

  /** The JMS priority 0 to 9 of the message that carries such a task. */
  public int toJms() {
    return value - 1;
  }
}
