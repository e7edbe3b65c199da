package io.tasklane.queue;

import java.util.Optional;

/**
 * Who owns a queue.
 *
 * @param node that owns it, empty where none does
 * @param epoch grows with every change of owner
 * @param bidder the node that asks for it
 */
public record QueueOwner(Optional<String> node, long epoch, Optional<String> bidder) {
  /**
   * The owner after this one has given the queue up: the bidder, or none, in a new epoch. Empty
   * while a task of the queue runs on this node, since it must not run beside one that the next
   * owner starts.
   *
   * @param runs tasks of the queue that run on the owner
   */
  public Optional<QueueOwner> givenUp(int runs) {
    return runs > 0
        ? Optional.empty()
        : Optional.of(new QueueOwner(bidder, epoch + 1, Optional.empty()));
  }
}
