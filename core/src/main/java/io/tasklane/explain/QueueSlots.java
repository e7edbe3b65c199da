package io.tasklane.explain;

import io.tasklane.queue.Durability;
import io.tasklane.queue.QueuePolicy;

/**
 * How many tasks of a queue may have a slot at once.
 *
 * @param concurrency runs at once
 * @param durability of the queue; where completions are durable in groups, tasks are claimed ahead
 */
public record QueueSlots(int concurrency, Durability durability) {
  /**
   * Slots that a claim of a task may fill.
   *
   * @param alone whether it is not claimed ahead with others
   */
  public int of(boolean alone) {
    return durability == Durability.GROUPED && !alone
        ? Durability.CLAIMS_AHEAD + concurrency - 1
        : concurrency;
  }

  /** Whether none is free beside those that are taken. */
  public boolean areTaken(boolean alone, int taken) {
    return QueuePolicy.freeSlots(of(alone), taken) == 0;
  }
}
