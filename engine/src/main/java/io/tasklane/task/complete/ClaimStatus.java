package io.tasklane.task.complete;

/** Whether tasks were claimed, and what the owner of the queue does next. */
public enum ClaimStatus {
  /** Runs the claimed task. */
  CLAIMED,
  /** Waits: nothing is ready, or no claim was requested. */
  NOTHING_READY,
  /** Waits: the queue is paused. */
  NOT_ACTIVE,
  /** Waits: the concurrency limit is reached. */
  NO_SLOT,
  /** Hands over to the node that bids, as soon as its runs have ended. */
  BID,
  /** Stops claiming: it no longer owns the queue. */
  NOT_OWNER,
  /** Asks again at once: the head was newer than this transaction. */
  ASK_AGAIN,
  /** Runs the claimed group, and asks for more when there is room. */
  MORE,
  /** Completes all runs of its group, and then runs the head by itself. */
  HEAD_ALONE
}
