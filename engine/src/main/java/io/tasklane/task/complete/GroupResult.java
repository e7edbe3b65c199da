package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.List;

/**
 * The result of a {@link GroupCompletion}.
 *
 * @param completions what became of the runs that had ended, in their order
 * @param claimed the tasks to run now, in this order
 * @param claimStatus why no more were claimed
 */
public record GroupResult(
    List<CompletionStatus> completions, List<Task> claimed, ClaimStatus claimStatus) {
  /** Why no more tasks were claimed, and what the owner does next. */
  public enum ClaimStatus {
    /** Runs what was claimed, and asks for more when there is room. */
    MORE,
    /** Runs what is left: nothing more is ready or was requested. */
    NOTHING_READY,
    /** Completes all it has, and then runs the head by itself. */
    HEAD_ALONE,
    /** Runs what is left: the queue is paused. */
    NOT_ACTIVE,
    /** Runs what is left, and then hands over to the node that bids. */
    BID,
    /** Stops: it no longer owns the queue. */
    NOT_OWNER
  }
}
