package io.tasklane.task.recover;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;

/**
 * What becomes of a task when the node that runs it is gone. It returns to its queue without having
 * used an attempt, unless it was being cancelled, or has lost many leases and this one alone.
 *
 * @param move what happens to it
 * @param to its new state
 * @param attempt its attempts begun and not taken back
 * @param lostCount leases that it has lost
 * @param lostAloneCount those of them that it lost alone
 */
public record LostLease(Move move, TaskState to, int attempt, int lostCount, int lostAloneCount) {
  /**
   * From this loss on, one that a task suffers alone fails it: it counts as the cause of its node's
   * death. What was lost beside others may be the fault of any of them.
   */
  public static final int MAXIMUM_LOSSES = 3;

  /**
   * Decides.
   *
   * @param state RUNNING or CANCELLING
   * @param attempt its attempts, with the one that was lost
   * @param lostBefore leases that it lost earlier
   * @param aloneBefore those of them that it lost alone
   * @param loss how it lost this one
   */
  public static LostLease of(
      TaskState state, int attempt, int lostBefore, int aloneBefore, Loss loss) {
    int lost = lostBefore + (loss == Loss.PLANNED ? 0 : 1);
    Move move = move(state, lost, loss);
    return new LostLease(
        move,
        MoveTable.STANDARD.require(state, move),
        move == Move.LOSE_LEASE || move == Move.HAND_BACK ? attempt - 1 : attempt,
        lost,
        aloneBefore + (loss == Loss.ALONE ? 1 : 0));
  }

  private static Move move(TaskState state, int lost, Loss loss) {
    if (state == TaskState.CANCELLING) {
      return Move.CANCEL;
    }
    if (loss == Loss.PLANNED) {
      return Move.HAND_BACK;
    }
    return loss == Loss.ALONE && lost >= MAXIMUM_LOSSES ? Move.FAIL : Move.LOSE_LEASE;
  }
}
