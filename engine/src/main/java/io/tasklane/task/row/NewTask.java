package io.tasklane.task.row;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.Dependency;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.Timeouts;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checked task with every default filled in, about to become a row.
 *
 * @param taskId final part of its name
 * @param chosenName whether the client chose the name, which may be taken already
 * @param queue key of the queue
 * @param queueId id of the queue
 * @param taskType name of the task type
 * @param input the input
 * @param priority how urgent
 * @param retryPolicy attempts and backoff
 * @param timeouts time limits
 * @param resultTtl how long the result is kept
 * @param labels pairs that the client chose
 * @param start what must hold before it starts
 * @param deduplicationKey business identity
 * @param principal who requested it
 * @param path of the task in its request, "" or "requests[i]."
 * @param rules that limit when its runs may overlap with others
 */
public record NewTask(
    String taskId,
    boolean chosenName,
    int queue,
    String queueId,
    String taskType,
    Payload input,
    Priority priority,
    RetryPolicy retryPolicy,
    Timeouts timeouts,
    Duration resultTtl,
    Map<String, String> labels,
    StartConditions start,
    Optional<String> deduplicationKey,
    String principal,
    String path,
    RunRules rules) {
  /** A task whose runs only its queue limits, with a time limit of one attempt. */
  public NewTask(
      String taskId,
      boolean chosenName,
      int queue,
      String queueId,
      String taskType,
      Payload input,
      Priority priority,
      RetryPolicy retryPolicy,
      Duration attemptTimeout,
      Duration resultTtl,
      Map<String, String> labels,
      StartConditions start,
      Optional<String> deduplicationKey,
      String principal,
      String path) {
    this(
        taskId,
        chosenName,
        queue,
        queueId,
        taskType,
        input,
        priority,
        retryPolicy,
        Timeouts.ofAttempt(attemptTimeout),
        resultTtl,
        labels,
        start,
        deduplicationKey,
        principal,
        path,
        RunRules.NONE);
  }

  /** Keys of the queues these tasks are for. */
  public static Set<Integer> queuesOf(List<NewTask> tasks) {
    if (tasks.size() == 1) {
      return Set.of(tasks.get(0).queue());
    }
    return tasks.stream().map(NewTask::queue).collect(Collectors.toSet());
  }

  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }

  /** Time limit of one attempt. */
  public Duration attemptTimeout() {
    return timeouts.attempt();
  }

  /** Ids of the tasks it needs. */
  public Set<String> needs() {
    return start.dependencies().stream().map(Dependency::taskId).collect(Collectors.toSet());
  }

  /** The same with these dependencies, after another name was found to mean the same task. */
  public NewTask withDependencies(List<Dependency> dependencies) {
    return withStart(new StartConditions(dependencies, start.runAfter(), start.expireTime()));
  }

  /** The same, started only when this holds. */
  public NewTask withStart(StartConditions conditions) {
    return new NewTask(
        taskId,
        chosenName,
        queue,
        queueId,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        conditions,
        deduplicationKey,
        principal,
        path,
        rules);
  }

  /** The same with this business identity. */
  public NewTask withDeduplicationKey(String key) {
    return new NewTask(
        taskId,
        chosenName,
        queue,
        queueId,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        start,
        Optional.of(key),
        principal,
        path,
        rules);
  }

  /** The same with these time limits. */
  public NewTask withTimeouts(Timeouts limits) {
    return new NewTask(
        taskId,
        chosenName,
        queue,
        queueId,
        taskType,
        input,
        priority,
        retryPolicy,
        limits,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        principal,
        path,
        rules);
  }

  /** The same with these rules. */
  public NewTask withRules(RunRules binding) {
    return new NewTask(
        taskId,
        chosenName,
        queue,
        queueId,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        principal,
        path,
        binding);
  }

  /**
   * The task as in its new row, without reading it back.
   *
   * @param state its initial state
   * @param failure why it was ruled out, if it was
   */
  public Task asCreated(
      long id, long revision, Instant at, TaskState state, Optional<Failure> failure) {
    return new Task(
        id,
        taskId(),
        queueId(),
        taskType(),
        input(),
        priority(),
        retryPolicy(),
        timeouts(),
        resultTtl(),
        labels(),
        start(),
        deduplicationKey(),
        state,
        0,
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        failure,
        Optional.<Actor>empty(),
        at,
        Optional.empty(),
        state.isFinal() ? Optional.of(at) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        revision,
        Optional.empty(),
        rules(),
        Optional.empty(),
        false);
  }
}
