package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a queue is created with.
 *
 * @param queueId [A-Z][A-Z0-9_]{0,62}
 * @param concurrency runs at once, 1 keeps tasks strictly one after another
 * @param retryPolicy for tasks whose type has none of its own
 * @param attemptTimeout for tasks whose type has none of its own, more than zero
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueSettings(
    String queueId,
    int concurrency,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    Duration resultTtl) {
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");

  /** Checks the parts. */
  public QueueSettings {
    require(ID.matcher(queueId).matches(), "id", queueId, ID.pattern());
    require(concurrency == 1, "concurrency", concurrency, "1");
    require(isPositive(attemptTimeout), "attempt timeout", attemptTimeout, "more than zero");
    require(isPositive(resultTtl), "result TTL", resultTtl, "more than zero");
  }

  /** A queue that runs one task after another, with these defaults. */
  public static QueueSettings of(String queueId, QueueDefaults defaults) {
    return new QueueSettings(
        queueId, 1, defaults.retryPolicy(), defaults.attemptTimeout(), defaults.resultTtl());
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
