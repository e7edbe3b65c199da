package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;

/**
 * What a queue gives its tasks where neither they nor their type say otherwise. A task keeps what
 * it was created with.
 *
 * @param retryPolicy attempts and backoff
 * @param attemptTimeout time limit of one attempt, more than zero
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueDefaults(RetryPolicy retryPolicy, Duration attemptTimeout, Duration resultTtl) {
  /** Of a queue for which nobody says otherwise: four attempts of an hour, results for a day. */
  public static final QueueDefaults STANDARD =
      new QueueDefaults(RetryPolicy.DEFAULT, Duration.ofSeconds(3600), Duration.ofHours(24));

  /** The same with this policy. */
  public QueueDefaults with(RetryPolicy policy) {
    return new QueueDefaults(policy, attemptTimeout, resultTtl);
  }

  /** The same with this time limit of one attempt. */
  public QueueDefaults withAttemptTimeout(Duration limit) {
    return new QueueDefaults(retryPolicy, limit, resultTtl);
  }

  /** The same with results kept for so long. */
  public QueueDefaults withResultTtl(Duration ttl) {
    return new QueueDefaults(retryPolicy, attemptTimeout, ttl);
  }
}
