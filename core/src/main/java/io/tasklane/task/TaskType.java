package io.tasklane.task;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.util.List;

/**
 * A kind of work, and the defaults of its tasks.
 *
 * @param name for example "news_monitoring"
 * @param queues ids of the queues that accept it, such as "DATA_FETCHER"; empty means all
 * @param description one sentence for people
 * @param inputSchema JSON Schema 2020-12 of the input; empty accepts anything
 * @param retryPolicy attempts and backoff
 * @param attemptTimeout time limit of one attempt, more than zero
 * @param otherTimeouts the other limits, if they differ from those of the queue
 */
public record TaskType(
    String name,
    List<String> queues,
    String description,
    String inputSchema,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    RequestedTimeouts otherTimeouts) {
  /** The default time limit of an attempt. */
  public static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(3600);

  /** Checks the parts and copies the list. */
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

  /** A type that leaves all limits except that of an attempt to its queue. */
  public TaskType(
      String name,
      List<String> queues,
      String description,
      String inputSchema,
      RetryPolicy retryPolicy,
      Duration attemptTimeout) {
    this(
        name,
        queues,
        description,
        inputSchema,
        retryPolicy,
        attemptTimeout,
        RequestedTimeouts.NONE);
  }

  /** Whether its own policy and limit, and not its queue's, are the default of its tasks. */
  public boolean hasOwnLimits() {
    return !queues.isEmpty();
  }

  /** The time limits that override those of its queue. */
  public RequestedTimeouts timeouts() {
    return hasOwnLimits() ? otherTimeouts.withAttempt(attemptTimeout) : otherTimeouts;
  }

  /** Whether tasks of this type may be created in that queue. */
  public boolean isAcceptedBy(String queue) {
    return queues.isEmpty() || queues.contains(queue);
  }
}
