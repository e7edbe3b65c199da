package io.tasklane.task.recover;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;

/**
 * What becomes of a task when the node that runs it is dead. It returns to its queue without having
 * used an attempt, unless it was being cancelled or has lost too many leases.
 *
 * @param move what happens to it
 * @param to its new state
 * @param attempt its attempts begun and not taken back
 */
public record LostLease(Move move, TaskState to, int attempt) {
  /**
   * Leases a task may lose before it fails: the third time it counts as the cause of its node's
   * death.
   */
  public static final int MAXIMUM_LOSSES = 3;

  /**
   * Decides.
   *
   * @param state RUNNING or CANCELLING
   * @param attempt its attempts, with the one that was lost
   * @param lostBefore leases that it lost earlier
   */
  public static LostLease of(TaskState state, int attempt, int lostBefore) {
    Move move = move(state, lostBefore + 1);
    return new LostLease(
        move,
        MoveTable.STANDARD.require(state, move),
        move == Move.LOSE_LEASE ? attempt - 1 : attempt);
  }

  private static Move move(TaskState state, int lost) {
    if (state == TaskState.CANCELLING) {
      return Move.CANCEL;
    }
    return lost >= MAXIMUM_LOSSES ? Move.FAIL : Move.LOSE_LEASE;
  }
}
