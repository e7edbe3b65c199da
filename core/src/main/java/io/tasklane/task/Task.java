package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A task as it stands in its row.
 *
 * <p>It is born BLOCKED where it needs other tasks, SCHEDULED where its time has not come, and else
 * QUEUED; then it waits for its turn among the tasks of its queue, and is RUNNING while its queue's
 * owner holds a lease on it. A failed attempt waits in RETRY_WAIT for its backoff; a lost lease
 * brings it back to the very front. It ends SUCCEEDED with a result, FAILED with a failure that is
 * kept as a dead letter, CANCELLED, or SKIPPED because a task it needs did not end as needed.
 *
 * @param id key of the row; grows with creation, and is the order among equals
 * @param taskId final part of the name "tasks/{task}"
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param input what it was given
 * @param priority how urgent
 * @param retryPolicy attempts and backoff that hold for it
 * @param timeouts time limits that hold for it
 * @param resultTtl how long the result is kept after the end
 * @param labels free pairs
 * @param start what must hold before it starts
 * @param deduplicationKey business identity: one unfinished task of a queue has it
 * @param state where it is
 * @param attempt attempts begun and not taken back by a lost lease
 * @param lostCount leases lost
 * @param fencingToken of the last claim, 0 before the first
 * @param node that ran it last, empty before the first claim
 * @param progress last reported
 * @param result of the run, also a partial one
 * @param resultPartial whether the result is what a time limit left over
 * @param failure why the last attempt, or the task, failed
 * @param cancelActor who asked to cancel
 * @param createTime when it was created
 * @param startTime when the last attempt began
 * @param endTime when it ended for good
 * @param nextAttemptTime when the backoff passes, in RETRY_WAIT alone
 * @param resultExpireTime when the result is removed
 * @param version grows by one with every change; the etag
 * @param revision of its last event in the log
 * @param retryOf final part of the name of the task that it is a copy of
 * @param rules what binds its runs to those of others
 * @param totalDeadline when its total time is over, once it has started and where it is limited
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

  /** What is left of its total for the run that begins at its start time; empty for no limit. */
  public Optional<Duration> totalLeft() {
    return startTime.flatMap(begin -> totalDeadline.map(end -> Duration.between(begin, end)));
  }

  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }

  /** As it reads at this time: without a result whose time is over. */
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

  /** Whether nothing can happen to it any more. */
  public boolean isSettled() {
    return state.isFinal();
  }
}
