package io.tasklane.workflow.hold;

import java.util.OptionalLong;

/**
 * A waiting task in a queue that workflows may hold. Each of them lets its own tasks pass, and
 * those of workflows that were started before it: two workflows that hold each other's queues would
 * otherwise wait for each other forever. So only the oldest of them matters.
 *
 * @param holder key of the oldest workflow that holds the queue; keys grow in the order of starts
 * @param owner key of the oldest workflow that has created or taken the task
 */
public record HeldTask(OptionalLong holder, OptionalLong owner) {
  /** Whether it must not start. */
  public boolean isHeld() {
    return holder.isPresent() && (owner.isEmpty() || owner.getAsLong() > holder.getAsLong());
  }
}
