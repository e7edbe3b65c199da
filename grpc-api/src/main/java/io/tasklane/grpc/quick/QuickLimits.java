package io.tasklane.grpc.quick;

import com.google.protobuf.Duration;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Timeouts;

/** Recognises retry policies and time limits that surely keep the rules of the contract. */
final class QuickLimits {
  private static final int MOST_ATTEMPTS = 100;
  private static final int MOST_CODES = 64;
  private static final double LARGEST_MULTIPLIER = 10.0;
  private static final long DAY_SECONDS = 86_400;
  private static final long WEEK_SECONDS = 7 * DAY_SECONDS;
  private static final long YEAR_SECONDS = 365 * DAY_SECONDS;
  private static final int NANOS_A_MILLI = 1_000_000;
  private static final int NANOS_A_SECOND = 1_000_000_000;

  private QuickLimits() {}

  static boolean isFine(RetryPolicy policy) {
    double multiplier = policy.getBackoffMultiplier();
    return policy.getMaximumAttempts() >= 0
        && policy.getMaximumAttempts() <= MOST_ATTEMPTS
        && (multiplier == 0 || multiplier >= 1 && multiplier <= LARGEST_MULTIPLIER)
        && policy.getJitter() >= 0
        && policy.getJitter() <= 1
        && areBackoffsFine(policy)
        && policy.getPermanentErrorCodesCount() <= MOST_CODES
        && areCodes(policy);
  }

  /** Those that are not set are zero. */
  private static boolean areBackoffsFine(RetryPolicy policy) {
    Duration initial = policy.getInitialBackoff();
    Duration maximum = policy.getMaximumBackoff();
    return isUpTo(initial, DAY_SECONDS)
        && isUpTo(maximum, WEEK_SECONDS)
        && (!policy.hasMaximumBackoff() || !isLonger(initial, maximum));
  }

  private static boolean areCodes(RetryPolicy policy) {
    for (String code : policy.getPermanentErrorCodesList()) {
      if (!Form.ERROR_CODE.fits(code)) {
        return false;
      }
    }
    return true;
  }

  static boolean isFine(Timeouts limits) {
    return isOptional(limits.getQueueTimeout())
        && isOptional(limits.getTotalTimeout())
        && (!limits.hasAttemptTimeout() || isPositive(limits.getAttemptTimeout(), DAY_SECONDS))
        && isUpTo(limits.getCancelGrace(), DAY_SECONDS)
        && !limits.hasHeartbeatTimeout();
  }

  /** Zero means that there is none, and is what is read where it is not set. */
  private static boolean isOptional(Duration limit) {
    boolean tooShort = limit.getSeconds() == 0 && limit.getNanos() < NANOS_A_MILLI;
    return isUpTo(limit, YEAR_SECONDS) && (!tooShort || limit.getNanos() == 0);
  }

  /** More than nothing, and at most this. */
  static boolean isPositive(Duration time, long mostSeconds) {
    return isUpTo(time, mostSeconds) && (time.getSeconds() > 0 || time.getNanos() > 0);
  }

  private static boolean isUpTo(Duration time, long mostSeconds) {
    long seconds = time.getSeconds();
    int nanos = time.getNanos();
    boolean inRange = seconds >= 0 && nanos >= 0 && nanos < NANOS_A_SECOND;
    return inRange && (seconds < mostSeconds || seconds == mostSeconds && nanos == 0);
  }

  private static boolean isLonger(Duration one, Duration other) {
    return one.getSeconds() > other.getSeconds()
        || one.getSeconds() == other.getSeconds() && one.getNanos() > other.getNanos();
  }
}
