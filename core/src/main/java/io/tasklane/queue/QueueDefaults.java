package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;

/**
 * The defaults a queue gives its tasks if neither they nor their type say otherwise. A task keeps
 * the values it was created with.
 *
 * @param retryPolicy attempts and backoff
 * @param timeouts time limits
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueDefaults(RetryPolicy retryPolicy, Timeouts timeouts, Duration resultTtl) {
  /** The defaults of a queue without settings: four attempts of an hour, results for a day. */
  public static final QueueDefaults STANDARD =
      new QueueDefaults(
          RetryPolicy.DEFAULT, Timeouts.ofAttempt(Duration.ofSeconds(3600)), Duration.ofHours(24));

  /** The same with this retry policy. */
  public QueueDefaults with(RetryPolicy policy) {
    return new QueueDefaults(policy, timeouts, resultTtl);
  }

  /** The same, overridden by the time limits that are set here. */
  public QueueDefaults with(RequestedTimeouts limits) {
    return new QueueDefaults(retryPolicy, timeouts.with(limits), resultTtl);
  }

  /** The same with this result TTL. */
  public QueueDefaults withResultTtl(Duration ttl) {
    return new QueueDefaults(retryPolicy, timeouts, ttl);
  }
}
