package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A task as it is stored in its row.
 *
 * <p>It is created BLOCKED if it needs other tasks, SCHEDULED if its time has not come, and
 * otherwise QUEUED; then it waits among the tasks of its queue, and is RUNNING while its queue's
 * owner holds a lease on it. A failed attempt waits in RETRY_WAIT for its backoff; a lost lease
 * returns it to the front of the queue. It ends SUCCEEDED with a result, FAILED with a failure that
 * is kept as a dead letter, CANCELLED, or SKIPPED because a task it needs did not end as needed.
 *
 * @param id key of the row; grows with creation, and is the order among equals
 * @param taskId final part of the name "tasks/{task}"
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param input its input
 * @param priority how urgent
 * @param retryPolicy its attempts and backoff
 * @param timeouts its time limits
 * @param resultTtl how long the result is kept after the end
 * @param labels free key-value pairs
 * @param start what must hold before it starts
 * @param deduplicationKey business identity: only one unfinished task of a queue has it
 * @param state its state
 * @param attempt attempts begun and not taken back by a lost lease
 * @param lostCount leases lost
 * @param fencingToken of the last claim, 0 before the first
 * @param node that ran it last, empty before the first claim
 * @param progress last reported
 * @param result of the run, also a partial one
 * @param resultPartial whether the result is the partial result of a run that reached a time limit
 * @param failure why the last attempt, or the task, failed
 * @param cancelActor who asked to cancel
 * @param createTime when it was created
 * @param startTime when the last attempt began
 * @param endTime when it reached a final state
 * @param nextAttemptTime when the backoff ends, in RETRY_WAIT only
 * @param resultExpireTime when the result is removed
 * @param version grows by one with every change; the etag
 * @param revision of its last event in the log
 * @param retryOf final part of the name of the task that it is a copy of
 * @param rules rules for its runs beyond those of its queue
 * @param totalDeadline end of its total timeout, once it has started and if it is limited
 * @param needed whether another task has been created that needs it
 */
public record Task(
    long id,
    String taskId,
    String queue,
    String taskType,
    Payload input,
    Priority priority,
    RetryPolicy retryPolicy,
    Timeouts timeouts,
    Duration resultTtl,
    Map<String, String> labels,
    StartConditions start,
    Optional<String> deduplicationKey,
    TaskState state,
    int attempt,
    int lostCount,
    long fencingToken,
    String node,
    Optional<Progress> progress,
    Optional<Payload> result,
    boolean resultPartial,
    Optional<Failure> failure,
    Optional<Actor> cancelActor,
    Instant createTime,
    Optional<Instant> startTime,
    Optional<Instant> endTime,
    Optional<Instant> nextAttemptTime,
    Optional<Instant> resultExpireTime,
    int version,
    long revision,
    Optional<String> retryOf,
    RunRules rules,
    Optional<Instant> totalDeadline,
    boolean needed) {

  /** Time limit of one attempt. */
  public Duration attemptTimeout() {
    return timeouts.attempt();
  }

  /**
   * What is left of its total timeout for the run that begins at its start time; empty for no
   * limit.
   */
  public Optional<Duration> totalLeft() {
    return startTime.flatMap(begin -> totalDeadline.map(end -> Duration.between(begin, end)));
  }

  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }

  /** The task at this time: without a result that has expired. */
  public Task at(Instant time) {
    boolean expired = resultExpireTime.filter(end -> !time.isBefore(end)).isPresent();
    return expired && result.isPresent() ? withoutResult() : this;
  }

  private Task withoutResult() {
    return new Task(
        id,
        taskId,
        queue,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        state,
        attempt,
        lostCount,
        fencingToken,
        node,
        progress,
        Optional.empty(),
        resultPartial,
        failure,
        cancelActor,
        createTime,
        startTime,
        endTime,
        nextAttemptTime,
        resultExpireTime,
        version,
        revision,
        retryOf,
        rules,
        totalDeadline,
        needed);
  }

  /** Whether its state is final. */
  public boolean isSettled() {
    return state.isFinal();
  }
}
