package io.tasklane.signal;

/**
 * Which node's consumer the broker should prefer. The broker nominates a consumer when the previous
 * one has gone, the highest priority first; so a consumer that loses its priority has to reconnect.
 */
public enum ConsumerPriority {
  /** The node that owns the queue. */
  OWNER(9),
  /** The node that bids for the queue and is the next to own it. */
  BIDDER(5),
  /** Any other node. */
  OTHER(0);

  private final int priority;

  ConsumerPriority(int priority) {
    this.priority = priority;
  }

  /** The number that the broker knows. */
  int priority() {
    return priority;
  }
}
