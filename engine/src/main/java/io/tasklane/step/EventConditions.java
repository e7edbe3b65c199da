package io.tasklane.step;

import io.tasklane.condition.InvalidExpressionException;

/** Checks what a run asks of an event, before it waits. */
public final class EventConditions {
  /** The code of the failure. */
  public static final String INVALID = SettleSteps.CONDITION;

  private EventConditions() {}

  /**
   * Refuses a text that is no boolean CEL over the event; an empty one is allowed.
   *
   * @throws InvalidExpressionException with the position
   */
  public static void require(String condition) throws InvalidExpressionException {
    EventCondition.compile(condition);
  }
}
