package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.Optional;

/**
 * The result of a {@link CompleteAndClaim}.
 *
 * @param completion what became of the run that had ended
 * @param claimed the task that runs now
 * @param claimStatus why nothing was claimed, or CLAIMED
 */
public record CompleteAndClaimResult(
    CompletionStatus completion, Optional<Task> claimed, ClaimStatus claimStatus) {

  /** Whether a task was claimed, and what the owner does next. */
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
    ASK_AGAIN
  }
}
