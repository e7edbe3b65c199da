package io.tasklane.task;

import io.tasklane.dependency.Dependency;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to create a task. Empty values take the default of the task type.
 *
 * @param taskId final part of the name, [a-zA-Z0-9._-]{1,128}; empty lets the server choose
 * @param queue id of the queue, such as "DATA_FETCHER"
 * @param taskType name of the task type
 * @param input the input
 * @param priority how urgent
 * @param retryPolicy attempts and backoff
 * @param timeouts time limits
 * @param resultTtl how long the result is kept after the end
 * @param labels free key-value pairs for filters, at most 64
 * @param start what must hold before it starts
 * @param deduplicationKey while an unfinished task of the queue has this key it is returned instead
 * @param rules rules for its runs beyond those of its queue
 */
public record TaskRequest(
    Optional<String> taskId,
    String queue,
    String taskType,
    Payload input,
    Priority priority,
    Optional<RetryPolicy> retryPolicy,
    RequestedTimeouts timeouts,
    Optional<Duration> resultTtl,
    Map<String, String> labels,
    StartConditions start,
    Optional<String> deduplicationKey,
    RunRules rules) {
  /** Copies the labels. */
  public TaskRequest {
    labels = Map.copyOf(labels);
  }

  /** A request with all defaults. */
  public static TaskRequest of(String queue, String taskType, Payload input) {
    return new TaskRequest(
        Optional.empty(),
        queue,
        taskType,
        input,
        Priority.DEFAULT,
        Optional.empty(),
        RequestedTimeouts.NONE,
        Optional.empty(),
        Map.of(),
        StartConditions.NONE,
        Optional.empty(),
        RunRules.NONE);
  }

  /**
   * A request for a copy of this task, under a new name. It takes over what the task was asked to
   * do and by which rules, its deduplication key and its ordering key as well, but no times.
   *
   * @param needs what the copy depends on, see {@link io.tasklane.dependency.CopiedNeeds}
   */
  public static TaskRequest again(Task task, List<Dependency> needs) {
    return new TaskRequest(
        Optional.empty(),
        task.queue(),
        task.taskType(),
        task.input(),
        task.priority(),
        Optional.of(task.retryPolicy()),
        task.timeouts().asRequested(),
        Optional.of(task.resultTtl()),
        task.labels(),
        StartConditions.after(needs),
        task.deduplicationKey(),
        task.rules());
  }

  /** The same with this as its whole input: what it needs passes no outputs on. */
  public TaskRequest withWholeInput(Payload whole) {
    List<Dependency> silent =
        start.dependencies().stream()
            .map(need -> new Dependency(need.taskId(), need.policy(), Optional.empty()))
            .toList();
    return new TaskRequest(
        taskId,
        queue,
        taskType,
        whole,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        new StartConditions(silent, start.runAfter(), start.expireTime()),
        deduplicationKey,
        rules);
  }

  /** The same with these time limits. */
  public TaskRequest withTimeouts(RequestedTimeouts limits) {
    return new TaskRequest(
        taskId,
        queue,
        taskType,
        input,
        priority,
        retryPolicy,
        limits,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        rules);
  }

  /** The same with this priority. */
  public TaskRequest withPriority(Priority urgency) {
    return new TaskRequest(
        taskId,
        queue,
        taskType,
        input,
        urgency,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        rules);
  }

  /** The same with these labels. */
  public TaskRequest withLabels(Map<String, String> pairs) {
    return new TaskRequest(
        taskId,
        queue,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        pairs,
        start,
        deduplicationKey,
        rules);
  }

  /** The same with this final part of the name. */
  public TaskRequest withTaskId(String id) {
    return new TaskRequest(
        Optional.of(id),
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
        rules);
  }

  /** The same with these start conditions. */
  public TaskRequest withStart(StartConditions conditions) {
    return new TaskRequest(
        taskId,
        queue,
        taskType,
        input,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        conditions,
        deduplicationKey,
        rules);
  }

  /** The same with these rules for its runs. */
  public TaskRequest withRules(RunRules binding) {
    return new TaskRequest(
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
        binding);
  }
}
