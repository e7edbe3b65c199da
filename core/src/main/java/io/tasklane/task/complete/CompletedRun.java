package io.tasklane.task.complete;

import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A task after the end of its run.
 *
 * @param move what has happened to it
 * @param state its new state
 * @param attempt its attempts begun and not taken back
 * @param result what it leaves; only in a final state
 * @param partial whether that is a partial result
 * @param resultExpireTime when the result is removed
 * @param failure why the run failed; of a cancelled task there is none
 * @param nextAttemptTime when it is tried again in RETRY_WAIT, or goes on in SCHEDULED
 */
public record CompletedRun(
    Move move,
    TaskState state,
    int attempt,
    Optional<Payload> result,
    boolean partial,
    Optional<Instant> resultExpireTime,
    Optional<Failure> failure,
    Optional<Instant> nextAttemptTime) {
  /**
   * What a completion makes of a task.
   *
   * @param completion of its run
   * @param from RUNNING or CANCELLING
   * @param attempt the attempt that ends
   * @param resultTtl how long its result is kept
   * @param now when it ends
   */
  public static CompletedRun of(
      RunCompletion completion, TaskState from, int attempt, Duration resultTtl, Instant now) {
    Move move = from == TaskState.CANCELLING ? completion.ifCancelling() : completion.ifRunning();
    TaskState state = MoveTable.STANDARD.require(from, move);
    Optional<Payload> result = completion.result().filter(kept -> state.isFinal());
    return new CompletedRun(
        move,
        state,
        takesAttemptBack(move) ? attempt - 1 : attempt,
        result,
        state.isFinal() && completion.partial(),
        result.map(kept -> now.plus(resultTtl)),
        completion.failure().filter(why -> move != Move.CANCEL && move != Move.LOSE_LEASE),
        waits(state) ? completion.backoff().map(now::plus) : Optional.empty());
  }

  private static boolean waits(TaskState state) {
    return state == TaskState.RETRY_WAIT || state == TaskState.SCHEDULED;
  }

  /**
   * The handler did not fail: it was interrupted, or yielded, or sleeps, or could not use what is
   * ours.
   */
  private static boolean takesAttemptBack(Move move) {
    return move == Move.HAND_BACK
        || move == Move.PREEMPT
        || move == Move.POSTPONE
        || move == Move.SUSPEND
        || move == Move.LOSE_LEASE;
  }

  /**
   * Whether the task is back in its queue as interrupted work, before everything else. A preempted
   * one returns to its place, after the task that it yielded to.
   */
  public boolean isInterrupted() {
    return move == Move.HAND_BACK || move == Move.LOSE_LEASE;
  }
}
