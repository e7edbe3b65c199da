package io.tasklane.task;

import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
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
 * @param createTime when it was created
 * @param retryOf final part of the name of the task that it is a copy of
 * @param creator principal of whoever created it
 * @param spec what it is to do
 * @param status how far it is
 * @param outcome what it has left
 */
public record Task(
    TaskKey id,
    Instant createTime,
    Optional<String> retryOf,
    String creator,
    TaskSpec spec,
    TaskStatus status,
    TaskResult outcome) {

  /** What the principal of a workflow begins with; the id of the workflow follows. */
  public static final String WORKFLOW = "workflow:";

  /** What the principal of a schedule begins with; the id of the schedule follows. */
  public static final String SCHEDULE = "schedule:";

  /** Id of the workflow that has created it. */
  public Optional<String> workflowId() {
    return createdBy(WORKFLOW);
  }

  /** Id of the schedule that has created it. */
  public Optional<String> scheduleId() {
    return createdBy(SCHEDULE);
  }

  private Optional<String> createdBy(String kind) {
    return creator.startsWith(kind)
        ? Optional.of(creator.substring(kind.length()))
        : Optional.empty();
  }

  /** Time limit of one attempt. */
  public Duration attemptTimeout() {
    return spec.timeouts().attempt();
  }

  /**
   * What is left of the time limit of its attempt for the run that begins: the time that it slept
   * does not count. More than 0, also where nothing is left.
   */
  public Duration attemptLeft() {
    Duration left = attemptTimeout().minus(status.ran());
    return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
  }

  /**
   * What is left of its total timeout for the run that begins at its start time; empty for no
   * limit.
   */
  public Optional<Duration> totalLeft() {
    return startTime().flatMap(begin -> totalDeadline().map(end -> Duration.between(begin, end)));
  }

  /** "tasks/{task}". */
  public String name() {
    return spec.name();
  }

  /** The task at this time: without a result that has expired. */
  public Task at(Instant time) {
    TaskResult then = outcome.at(time);
    return then.equals(outcome)
        ? this
        : new Task(id, createTime, retryOf, creator, spec, status, then);
  }

  /** Whether its state is final. */
  public boolean isFinished() {
    return status.state().isFinal();
  }

  /** Result of the run, also a partial one. */
  public Optional<Payload> result() {
    return outcome.payload();
  }

  /** Whether the result is the partial result of a run that a time limit or a cancel ended. */
  public boolean resultPartial() {
    return outcome.isPartial();
  }

  /** When the result is removed. */
  public Optional<Instant> resultExpireTime() {
    return outcome.expireTime();
  }

  /** Final part of the name "tasks/{task}". */
  public String taskId() {
    return spec.taskId();
  }

  /** Id of the queue. */
  public String queue() {
    return spec.queue();
  }

  /** Name of the task type. */
  public String taskType() {
    return spec.taskType();
  }

  /** Its input. */
  public Payload input() {
    return spec.input();
  }

  /** How urgent it is. */
  public Priority priority() {
    return spec.priority();
  }

  /** Its attempts and backoff. */
  public RetryPolicy retryPolicy() {
    return spec.retryPolicy();
  }

  /** Its time limits. */
  public Timeouts timeouts() {
    return spec.timeouts();
  }

  /** How long the result is kept after the end. */
  public Duration resultTtl() {
    return spec.resultTtl();
  }

  /** Free key-value pairs. */
  public Map<String, String> labels() {
    return spec.labels();
  }

  /** What must hold before it starts. */
  public StartConditions start() {
    return spec.start();
  }

  /** Business identity. */
  public Optional<String> deduplicationKey() {
    return spec.deduplicationKey();
  }

  /** Rules for its runs beyond those of its queue. */
  public RunRules rules() {
    return spec.rules();
  }

  /** Its state. */
  public TaskState state() {
    return status.state();
  }

  /** Attempts begun and not taken back by a lost lease. */
  public int attempt() {
    return status.attempt();
  }

  /** Leases lost. */
  public int lostCount() {
    return status.lostCount();
  }

  /** Those of the lost leases at whose loss nothing else ran on the node. */
  public int lostAloneCount() {
    return status.lostAloneCount();
  }

  /** Fencing token of the last claim, 0 before the first. */
  public FencingToken fencingToken() {
    return status.fencingToken();
  }

  /** Node that ran it last, empty before the first claim. */
  public String node() {
    return status.node();
  }

  /** Progress last reported. */
  public Optional<Progress> progress() {
    return status.progress();
  }

  /** Why the last attempt, or the task, failed. */
  public Optional<Failure> failure() {
    return status.failure();
  }

  /** Who asked to cancel. */
  public Optional<Actor> cancelActor() {
    return status.cancelActor();
  }

  /** When the last attempt began. */
  public Optional<Instant> startTime() {
    return status.startTime();
  }

  /** When it reached a final state. */
  public Optional<Instant> endTime() {
    return status.endTime();
  }

  /** When the backoff ends in RETRY_WAIT; when a step goes on in SCHEDULED. */
  public Optional<Instant> nextAttemptTime() {
    return status.nextAttemptTime();
  }

  /** End of its total timeout, once it has started and if it is limited. */
  public Optional<Instant> totalDeadline() {
    return status.totalDeadline();
  }

  /** Grows by one with every change; the etag. */
  public int version() {
    return status.version();
  }

  /** Revision of its last event in the log. */
  public long revision() {
    return status.revision();
  }

  /** Whether another task has been created that needs it. */
  public boolean needed() {
    return status.needed();
  }
}
