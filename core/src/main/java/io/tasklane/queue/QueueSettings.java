package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a queue is created with.
 *
 * @param queueId [A-Z][A-Z0-9_]{0,62}
 * @param policy how many run at once, and in which order
 * @param retryPolicy for tasks whose type has none of its own
 * @param attemptTimeout for tasks whose type has none of its own, more than zero
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueSettings(
    String queueId,
    QueuePolicy policy,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    Duration resultTtl) {
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");

  /** Checks the parts. */
  public QueueSettings {
    require(ID.matcher(queueId).matches(), "id", queueId, ID.pattern());
    require(isPositive(attemptTimeout), "attempt timeout", attemptTimeout, "more than zero");
    require(isPositive(resultTtl), "result TTL", resultTtl, "more than zero");
  }

  /** A queue that runs one task after another, with these defaults. */
  public static QueueSettings of(String queueId, QueueDefaults defaults) {
    return of(queueId, QueuePolicy.STANDARD, defaults);
  }

  /** A queue with this policy and these defaults. */
  public static QueueSettings of(String queueId, QueuePolicy policy, QueueDefaults defaults) {
    return new QueueSettings(
        queueId, policy, defaults.retryPolicy(), defaults.attemptTimeout(), defaults.resultTtl());
  }

  /** What it gives its tasks. */
  public QueueDefaults defaults() {
    return new QueueDefaults(retryPolicy, attemptTimeout, resultTtl);
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  private static void require(boolean ok, String what, Object value, String allowed) {
    if (!ok) {
      throw new IllegalArgumentException(
          "queue " + what + " " + value + " is not allowed: " + allowed);
    }
  }
}
