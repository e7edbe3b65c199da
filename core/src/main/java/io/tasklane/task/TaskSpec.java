package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a task is to do and by which rules, as it was asked for and with every default filled in.
 * None of it changes when the task moves; an update may change priority, labels and start
 * conditions of a task that waits.
 *
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
 * @param rules rules for its runs beyond those of its queue
 */
public record TaskSpec(
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
    RunRules rules) {
  /** "tasks/{task}". */
  public String name() {
    return "tasks/" + taskId;
  }

  /** The same with this input. */
  public TaskSpec withInput(Payload other) {
    return new TaskSpec(
        taskId,
        queue,
        taskType,
        other,
        priority,
        retryPolicy,
        timeouts,
        resultTtl,
        labels,
        start,
        deduplicationKey,
        rules);
  }

  /** The same, started only when this holds. */
  public TaskSpec withStart(StartConditions conditions) {
    return with(timeouts, conditions, deduplicationKey, rules);
  }

  /** The same with this business identity. */
  public TaskSpec withDeduplicationKey(String key) {
    return with(timeouts, start, Optional.of(key), rules);
  }

  /** The same with these time limits. */
  public TaskSpec withTimeouts(Timeouts limits) {
    return with(limits, start, deduplicationKey, rules);
  }

  /** The same with these rules. */
  public TaskSpec withRules(RunRules binding) {
    return with(timeouts, start, deduplicationKey, binding);
  }

  private TaskSpec with(
      Timeouts limits, StartConditions conditions, Optional<String> key, RunRules binding) {
    return new TaskSpec(
        taskId,
        queue,
        taskType,
        input,
        priority,
        retryPolicy,
        limits,
        resultTtl,
        labels,
        conditions,
        key,
        binding);
  }
}
