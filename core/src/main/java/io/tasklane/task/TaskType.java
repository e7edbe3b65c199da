package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;

/**
 * A kind of work, and what holds for its tasks unless they say otherwise.
 *
 * @param name for example "news_monitoring"
 * @param queues ids of the queues that accept it, such as "DATA_FETCHER"; empty means all
 * @param description one sentence for people
 * @param inputSchema JSON Schema 2020-12 of the input; empty accepts anything
 * @param retryPolicy attempts and backoff
 * @param attemptTimeout time limit of one attempt, more than zero
 * @param otherTimeouts the other limits, where they are not those of the queue
 */
public record TaskType(
    String name,
    List<String> queues,
    String description,
    String inputSchema,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    TimeoutWishes otherTimeouts) {
  /** The time limit of an attempt where nobody set one. */
  public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(3600);

  /** Checks the parts and keeps an own copy of the list. */
  public TaskType {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("task type without a name");
    }
    if (attemptTimeout.isZero() || attemptTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "task type " + name + ": attempt timeout " + attemptTimeout + " must be more than zero");
    }
    if (otherTimeouts.attempt().isPresent()) {
      throw new IllegalArgumentException(
          "task type " + name + " has two time limits of an attempt");
    }
    queues = List.copyOf(queues);
  }

  /** A kind of work that leaves all limits but that of an attempt to its queue. */
  public TaskType(
      String name,
      List<String> queues,
      String description,
      String inputSchema,
      RetryPolicy retryPolicy,
      Duration attemptTimeout) {
    this(name, queues, description, inputSchema, retryPolicy, attemptTimeout, TimeoutWishes.NONE);
  }

  /** Whether its own policy and limit hold, and not its queue's, for tasks that set none. */
  public boolean hasOwnLimits() {
    return !queues.isEmpty();
  }

  /** The time limits that hold, and not its queue's, for tasks that set none. */
  public TimeoutWishes timeouts() {
    return hasOwnLimits() ? otherTimeouts.withAttempt(attemptTimeout) : otherTimeouts;
  }

  /** Whether tasks of this type may be created in that queue. */
  public boolean isAcceptedBy(String queue) {
    return queues.isEmpty() || queues.contains(queue);
  }
}
