package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of work, and what it states about its tasks. What it does not state is left to the queue
 * of a task. What a task itself says, or its input, goes before both.
 *
 * <pre>{@code
 * TaskType.named("length")
 *     .describedAs("Counts the characters of its input.")
 *     .withAttemptTimeout(Duration.ofMinutes(1));
 * }</pre>
 *
 * @param name for example "news_monitoring"
 * @param queues ids of the queues that accept it, such as "DATA_FETCHER"; empty means all
 * @param description one sentence for people, may be empty
 * @param inputSchema JSON Schema 2020-12 of the input; empty accepts anything
 * @param retryPolicy attempts and backoff, if it states them
 * @param timeouts the time limits that it states
 */
public record TaskType(
    String name,
    List<String> queues,
    String description,
    String inputSchema,
    Optional<RetryPolicy> retryPolicy,
    RequestedTimeouts timeouts) {
  /**
   * Checks the parts and copies the list.
   *
   * @throws IllegalArgumentException for a missing part, or a time limit of zero for an attempt;
   *     the message names the type and the part
   */
  public TaskType {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("task type without a name");
    }
    queues = List.copyOf(required(name, "queues", queues));
    required(name, "description", description);
    required(name, "input schema", inputSchema);
    required(name, "retry policy", retryPolicy);
    Optional<Duration> attempt = required(name, "timeouts", timeouts).attempt();
    if (attempt.filter(limit -> limit.isZero() || limit.isNegative()).isPresent()) {
      throw new IllegalArgumentException(
          "task type " + name + ": attempt timeout " + attempt.get() + " must be more than zero");
    }
  }

  private static <T> T required(String type, String part, T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "task type " + type + ": " + part + " null is not allowed");
    }
    return value;
  }

  /** A type that every queue accepts, with any input, and that states nothing. */
  public static TaskType named(String name) {
    return new TaskType(name, List.of(), "", "", Optional.empty(), RequestedTimeouts.NONE);
  }

  /** The same, accepted by these queues alone. */
  public TaskType acceptedBy(String... queueIds) {
    return new TaskType(name, List.of(queueIds), description, inputSchema, retryPolicy, timeouts);
  }

  /** The same with this sentence for people. */
  public TaskType describedAs(String sentence) {
    return new TaskType(name, queues, sentence, inputSchema, retryPolicy, timeouts);
  }

  /** The same with this JSON Schema of its input. */
  public TaskType withInputSchema(String schema) {
    return new TaskType(name, queues, description, schema, retryPolicy, timeouts);
  }

  /** The same with these attempts and backoffs. */
  public TaskType withRetryPolicy(RetryPolicy policy) {
    return new TaskType(name, queues, description, inputSchema, Optional.of(policy), timeouts);
  }

  /** The same with this time limit of one attempt, more than zero. */
  public TaskType withAttemptTimeout(Duration limit) {
    return withTimeouts(timeouts.withAttempt(limit));
  }

  /** The same with these time limits. */
  public TaskType withTimeouts(RequestedTimeouts limits) {
    return new TaskType(name, queues, description, inputSchema, retryPolicy, limits);
  }

  /** Whether tasks of this type may be created in that queue. */
  public boolean isAcceptedBy(String queue) {
    return queues.isEmpty() || queues.contains(queue);
  }
}
