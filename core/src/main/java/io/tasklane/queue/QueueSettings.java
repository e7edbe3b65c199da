package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings a queue is created with.
 *
 * @param queueId [A-Z][A-Z0-9_]{0,62}
 * @param policy how many run at once, and in which order
 * @param retryPolicy for tasks whose type has none of its own
 * @param timeouts for tasks whose type has none of its own
 * @param resultTtl how long results are kept, more than zero
 */
public record QueueSettings(
    String queueId,
    QueuePolicy policy,
    RetryPolicy retryPolicy,
    Timeouts timeouts,
    Duration resultTtl) {
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
  private static final String POSITIVE = "more than zero";

  /** Checks the parts. */
  public QueueSettings {
    require(ID.matcher(queueId).matches(), "id", queueId, ID.pattern());
    require(isPositive(timeouts.attempt()), "attempt timeout", timeouts.attempt(), POSITIVE);
    timeouts
        .queue()
        .ifPresent(limit -> require(isPositive(limit), "queue timeout", limit, POSITIVE));
    timeouts
        .total()
        .ifPresent(limit -> require(isPositive(limit), "total timeout", limit, POSITIVE));
    require(
        !timeouts.cancelGrace().isNegative(),
        "cancel grace",
        timeouts.cancelGrace(),
        "zero or more");
    require(isPositive(resultTtl), "result TTL", resultTtl, POSITIVE);
  }

  /** A queue whose only limit is the timeout of an attempt. */
  public QueueSettings(
      String queueId,
      QueuePolicy policy,
      RetryPolicy retryPolicy,
      Duration attemptTimeout,
      Duration resultTtl) {
    this(queueId, policy, retryPolicy, Timeouts.ofAttempt(attemptTimeout), resultTtl);
  }

  /** A queue that runs one task after another, with these defaults. */
  public static QueueSettings of(String queueId, QueueDefaults defaults) {
    return of(queueId, QueuePolicy.STANDARD, defaults);
  }

  /** A queue with this policy and these defaults. */
  public static QueueSettings of(String queueId, QueuePolicy policy, QueueDefaults defaults) {
    return new QueueSettings(
        queueId, policy, defaults.retryPolicy(), defaults.timeouts(), defaults.resultTtl());
  }

  /** The defaults it gives its tasks. */
  public QueueDefaults defaults() {
    return new QueueDefaults(retryPolicy, timeouts, resultTtl);
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
