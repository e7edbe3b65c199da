package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.TimeoutWishes;
import io.tasklane.task.Timeouts;
import java.time.Duration;

/**
 * What a queue gives its tasks where neither they nor their type say otherwise. A task keeps what
 * it was created with.
 *
 * @param retryPolicy attempts and backoff
 * @param timeouts time limits
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueDefaults(RetryPolicy retryPolicy, Timeouts timeouts, Duration resultTtl) {
  /** Of a queue for which nobody says otherwise: four attempts of an hour, results for a day. */
  public static final QueueDefaults STANDARD =
      new QueueDefaults(
          RetryPolicy.DEFAULT, Timeouts.ofAttempt(Duration.ofSeconds(3600)), Duration.ofHours(24));

  /** The same with this policy. */
  public QueueDefaults with(RetryPolicy policy) {
    return new QueueDefaults(policy, timeouts, resultTtl);
  }

  /** The same but for the time limits that are set here. */
  public QueueDefaults with(TimeoutWishes limits) {
    return new QueueDefaults(retryPolicy, timeouts.with(limits), resultTtl);
  }

  /** The same with results kept for so long. */
  public QueueDefaults withResultTtl(Duration ttl) {
    return new QueueDefaults(retryPolicy, timeouts, ttl);
  }
}
