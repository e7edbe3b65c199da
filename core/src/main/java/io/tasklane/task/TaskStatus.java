package io.tasklane.task;

import io.tasklane.key.FencingToken;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a task is: what moves and reports change.
 *
 * @param state its state
 * @param attempt attempts begun and not taken back by a lost lease
 * @param lostCount leases lost
 * @param lostAloneCount those of them at whose loss nothing else ran on the node
 * @param fencingToken of the last claim, 0 before the first
 * @param node that ran it last, empty before the first claim
 * @param progress last reported
 * @param failure why the last attempt, or the task, failed
 * @param cancelActor who asked to cancel
 * @param startTime when the last attempt began
 * @param endTime when it reached a final state
 * @param nextAttemptTime when the backoff ends in RETRY_WAIT; when a step goes on in SCHEDULED
 * @param totalDeadline end of its total timeout, once it has started and if it is limited
 * @param version grows by one with every change; the etag
 * @param revision of its last event in the log
 * @param needed whether another task has been created that needs it
 * @param ran how long the present attempt ran before its steps put it to sleep
 */
public record TaskStatus(
    TaskState state,
    int attempt,
    int lostCount,
    int lostAloneCount,
    FencingToken fencingToken,
    String node,
    Optional<Progress> progress,
    Optional<Failure> failure,
    Optional<Actor> cancelActor,
    Optional<Instant> startTime,
    Optional<Instant> endTime,
    Optional<Instant> nextAttemptTime,
    Optional<Instant> totalDeadline,
    int version,
    long revision,
    boolean needed,
    Duration ran) {
  /**
   * The status of a task that was created just now.
   *
   * @param state its first state
   * @param failure why it will never start, where that is known already
   * @param at the time of its creation
   * @param revision of the event
   */
  public static TaskStatus created(
      TaskState state, Optional<Failure> failure, Instant at, long revision) {
    return new TaskStatus(
        state,
        0,
        0,
        0,
        new FencingToken(0),
        "",
        Optional.empty(),
        failure,
        Optional.empty(),
        Optional.empty(),
        state.isFinal() ? Optional.of(at) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        revision,
        false,
        Duration.ZERO);
  }
}
