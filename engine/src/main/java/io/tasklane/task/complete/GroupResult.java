package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.List;

/**
 * What a {@link GroupCompletion} did.
 *
 * @param settled what became of the runs that had ended, in their order
 * @param claimed the tasks to run now, in this order
 * @param next why no more were claimed
 */
public record GroupResult(List<Settled> settled, List<Task> claimed, Next next) {
  /** What became of a run that had ended. */
  public enum Settled {
    /** It is settled, now or by an earlier send of the same settlement. */
    DONE,
    /** Its lease is over and somebody else's turn: nothing of it was accepted. */
    STALE,
    /** Nothing yet: its task was newer than this transaction; send it again. */
    LATER
  }

  /** What the owner does next. */
  public enum Next {
    /** Runs what was claimed, and asks for more when there is room. */
    MORE,
    /** Runs what is left: nothing more is ready, or was asked for. */
    NOTHING_READY,
    /** Settles all it has, and then runs the head by itself. */
    HEAD_ALONE,
    /** Runs what is left: the queue is paused. */
    NOT_ACTIVE,
    /** Runs what is left, and then hands over to the node that bids. */
    BID,
    /** Stops: it owns the queue no longer. */
    NOT_OWNER
  }
}
