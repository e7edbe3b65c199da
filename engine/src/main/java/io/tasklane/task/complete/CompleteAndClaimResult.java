package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.Optional;

/**
 * What a {@link CompleteAndClaim} did.
 *
 * @param settled what became of the run that had ended
 * @param claimed the task that runs now
 * @param next why nothing was claimed, or CLAIMED
 */
public record CompleteAndClaimResult(Settled settled, Optional<Task> claimed, Next next) {

  /** What became of the run that had ended. */
  public enum Settled {
    /** There was none. */
    NOTHING,
    /** It is settled, now or by an earlier send of the same settlement. */
    DONE,
    /** Its lease is over and somebody else's turn: nothing of it was accepted. */
    STALE
  }

  /** What the owner does next. */
  public enum Next {
    /** Runs the claimed task. */
    CLAIMED,
    /** Waits: nothing is ready, or nothing was asked for. */
    NOTHING_READY,
    /** Waits: the queue is paused. */
    NOT_ACTIVE,
    /** Waits: as many run as may. */
    NO_SLOT,
    /** Hands over to the node that bids, as soon as its runs have ended. */
    BID,
    /** Stops claiming: it owns the queue no longer. */
    NOT_OWNER,
    /** Asks again at once: the head was newer than this transaction. */
    ASK_AGAIN
  }
}
