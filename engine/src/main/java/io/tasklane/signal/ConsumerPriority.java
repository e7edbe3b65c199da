package io.tasklane.signal;

/**
 * Which node's consumer the broker should prefer. It nominates one when the one before has gone,
 * the highest rank first; so whoever loses a rank has to come anew.
 */
public enum ConsumerPriority {
  /** The node that owns the queue. */
  OWNER(9),
  /** The node that has asked for the queue and is the next to own it. */
  BIDDER(5),
  /** Any other. */
  OTHER(0);

  private final int priority;

  ConsumerPriority(int priority) {
    this.priority = priority;
  }

  /** As the broker knows it. */
  int priority() {
    return priority;
  }
}
