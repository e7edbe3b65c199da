package io.tasklane.task.complete;

import io.tasklane.fact.Fact;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.RunEnd;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a run changes its task when it ends. A cancel may arrive at the last moment, so it contains
 * both moves: one for a task that is still RUNNING, one for a task that is CANCELLING.
 *
 * @param ifRunning the move out of RUNNING
 * @param ifCancelling the move out of CANCELLING
 * @param result what to keep, also a partial result
 * @param partial whether the result is a partial one
 * @param failure why it failed, if it did
 * @param backoff how long a retry waits, or a step that sleeps
 * @param children tasks to create with it
 * @param events to publish with it
 * @param facts to set with it
 * @param cause name of the task that preempted it, or of the step that sleeps or waits; {@link
 *     #ALONE} for a lease that was lost with nothing else on its worker
 */
public record RunCompletion(
    Move ifRunning,
    Move ifCancelling,
    Optional<Payload> result,
    boolean partial,
    Optional<Failure> failure,
    Optional<Duration> backoff,
    List<TaskRequest> children,
    List<Publication> events,
    List<Fact> facts,
    Optional<String> cause) {
  /** The cause of a lease that was lost with nothing else on its worker. */
  public static final String ALONE = "alone";

  /**
   * Decides how a run completes.
   *
   * <p>If a handler returns although it was asked to stop, the work is done and its result counts.
   * If it fails after it was asked to stop, the task ends cancelled.
   *
   * @param end how the run ended
   * @param policy of the task
   * @param attempt that ended, 1 for the first
   * @param random for the jitter
   */
  public static RunCompletion of(
      RunEnd end, RetryPolicy policy, int attempt, RandomGenerator random) {
    if (end instanceof RunEnd.Succeeded done) {
      return new RunCompletion(
          Move.SUCCEED,
          Move.SUCCEED,
          Optional.of(done.result()),
          false,
          Optional.empty(),
          Optional.empty(),
          done.children(),
          done.events(),
          done.facts(),
          Optional.empty());
    }
    if (end instanceof RunEnd.Failed failed) {
      return failed(failed, policy, attempt, random);
    }
    if (end instanceof RunEnd.Stopped stopped) {
      // still RUNNING only if a lost lease has undone the request to cancel: run again
      return without(Move.HAND_BACK, stopped.partialResult());
    }
    if (end instanceof RunEnd.Suspended suspended) {
      return suspended(suspended);
    }
    if (end instanceof RunEnd.Released released) {
      return released(released);
    }
    if (end instanceof RunEnd.LeaseLost lost) {
      return lost(lost);
    }
    return end instanceof RunEnd.Preempted preempted
        ? preempted(preempted.by())
        : without(Move.HAND_BACK, Optional.empty());
  }

  /** Whether the task ends with the run, if nobody has cancelled it; otherwise it runs again. */
  public boolean endsTask() {
    return MoveTable.STANDARD.require(TaskState.RUNNING, ifRunning).isFinal();
  }

  private static RunCompletion failed(
      RunEnd.Failed end, RetryPolicy policy, int attempt, RandomGenerator random) {
    boolean again =
        end.failure().kind() == Failure.Kind.RETRYABLE
            && policy.allowsRetry(attempt, end.failure().code());
    Optional<Duration> backoff =
        again
            ? Optional.of(end.retryDelay().orElseGet(() -> policy.restAfter(attempt, random)))
            : Optional.empty();
    return new RunCompletion(
        again ? Move.RETRY_LATER : Move.FAIL,
        Move.CANCEL,
        end.partialResult(),
        end.partialResult().isPresent(),
        Optional.of(end.failure()),
        backoff,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static RunCompletion released(RunEnd.Released end) {
    return new RunCompletion(
        Move.POSTPONE,
        Move.CANCEL,
        Optional.empty(),
        false,
        Optional.of(end.failure()),
        Optional.of(end.backoff()),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static RunCompletion suspended(RunEnd.Suspended end) {
    return new RunCompletion(
        Move.SUSPEND,
        Move.CANCEL,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.of(end.rest()),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(end.step()));
  }

  private static RunCompletion lost(RunEnd.LeaseLost end) {
    return new RunCompletion(
        Move.LOSE_LEASE,
        Move.CANCEL,
        Optional.empty(),
        false,
        Optional.of(end.failure()),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        end.alone() ? Optional.of(ALONE) : Optional.empty());
  }

  private static RunCompletion preempted(String by) {
    return new RunCompletion(
        Move.PREEMPT,
        Move.CANCEL,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(by));
  }

  private static RunCompletion without(Move ifRunning, Optional<Payload> partial) {
    return new RunCompletion(
        ifRunning,
        Move.CANCEL,
        partial,
        partial.isPresent(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
