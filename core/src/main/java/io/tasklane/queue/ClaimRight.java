package io.tasklane.queue;

/** Whether a node may claim tasks of a queue, or why not. */
public enum ClaimRight {
  /** It owns the queue. */
  GRANTED,
  /** It does not own the queue any more. */
  NOT_OWNER,
  /** Another node asks for the queue, and gets it when the last run has ended. */
  BID,
  /** Nothing of the queue starts. */
  PAUSED;

  /**
   * Decides.
   *
   * @param owner whether this start of the node has the present epoch of the queue
   * @param bid whether another node asks for the queue
   * @param state of the queue
   */
  public static ClaimRight of(boolean owner, boolean bid, QueueState state) {
    if (!owner) {
      return NOT_OWNER;
    }
    if (bid) {
      return BID;
    }
    return state == QueueState.PAUSED ? PAUSED : GRANTED;
  }
}
