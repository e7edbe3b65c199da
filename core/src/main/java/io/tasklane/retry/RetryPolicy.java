package io.tasklane.retry;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often and how soon a failed attempt is tried again: the n-th retry waits {@code
 * initialBackoff x multiplier^(n-1)}, at most {@code maximumBackoff}.
 *
 * @param maximumAttempts total attempts including the first, 1 to 100; 1 turns retries off
 * @param initialBackoff before the second attempt, not negative
 * @param multiplier growth from one backoff to the next, 1.0 to 10.0
 * @param maximumBackoff ceiling, at least the initial backoff
 * @param jitter share of the backoff that is drawn at random, 0.0 to 1.0
 * @param permanentErrorCodes failure codes that are never tried again
 */
public record RetryPolicy(
    int maximumAttempts,
    Duration initialBackoff,
    double multiplier,
    Duration maximumBackoff,
    double jitter,
    List<String> permanentErrorCodes) {
  /** Four attempts, with retries after 1, 2 and 4 seconds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(4, Duration.ofSeconds(1), 2.0, Duration.ofHours(1), 0.0, List.of());

  /** Checks the ranges and copies the codes. */
  public RetryPolicy {
    check(
        maximumAttempts >= 1 && maximumAttempts <= 100,
        "maximum attempts",
        maximumAttempts,
        "1 to 100");
    check(!initialBackoff.isNegative(), "initial backoff", initialBackoff, "0 s or more");
    check(multiplier >= 1.0 && multiplier <= 10.0, "multiplier", multiplier, "1.0 to 10.0");
    check(
        maximumBackoff.compareTo(initialBackoff) >= 0,
        "maximum backoff",
        maximumBackoff,
        "at least the initial backoff");
    check(jitter >= 0.0 && jitter <= 1.0, "jitter", jitter, "0.0 to 1.0");
    permanentErrorCodes = List.copyOf(permanentErrorCodes);
  }

  /** The default with another number of attempts. */
  public static RetryPolicy attempts(int maximumAttempts) {
    return new RetryPolicy(
        maximumAttempts,
        DEFAULT.initialBackoff,
        DEFAULT.multiplier,
        DEFAULT.maximumBackoff,
        0.0,
        List.of());
  }

  /**
   * Whether an attempt that ended in a retryable failure may be followed by another.
   *
   * @param attempt that failed, 1 for the first
   * @param failureCode such as "BROKER_RATE_LIMITED"
   */
  public boolean allowsRetry(int attempt, String failureCode) {
    return attempt < maximumAttempts && !permanentErrorCodes.contains(failureCode);
  }

  /**
   * How long to wait after this attempt.
   *
   * @param attempt 1 for the first
   * @param random source of the jitter
   */
  public Duration restAfter(int attempt, RandomGenerator random) {
    double grown = initialBackoff.toMillis() * Math.pow(multiplier, attempt - 1.0);
    double capped = Math.min(grown, maximumBackoff.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - jitter * random.nextDouble())));
  }

  private static void check(boolean ok, String what, Object value, String allowed) {
    if (!ok) {
      throw new IllegalArgumentException(what + " " + value + " is not allowed: " + allowed);
    }
  }
}
