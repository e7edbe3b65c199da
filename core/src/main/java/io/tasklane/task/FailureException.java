package io.tasklane.task;

import java.time.Duration;
import java.util.Optional;

/**
 * Thrown by a handler to say what kind of failure occurred. Any other exception of a handler counts
 * as retryable, with the code UNEXPECTED.
 */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure.Kind kind;
  private final String code;
  private final Duration retryDelay;

  private FailureException(
      Failure.Kind kind, String code, String message, Duration retryDelay, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.retryDelay = retryDelay;
  }

  /** The caller's data are wrong, or the target has refused for good: not tried again. */
  public static FailureException permanent(String code, String message) {
    return new FailureException(Failure.Kind.PERMANENT, code, message, null, null);
  }

  /** As {@link #permanent(String, String)}, with its cause. */
  public static FailureException permanent(String code, String message, Throwable cause) {
    return new FailureException(Failure.Kind.PERMANENT, code, message, null, cause);
  }

  /** The world's fault: tried again after the policy's backoff, while attempts are left. */
  public static FailureException retryable(String code, String message, Throwable cause) {
    return new FailureException(Failure.Kind.RETRYABLE, code, message, null, cause);
  }

  /**
   * The target asked to be called again later, as with HTTP's Retry-After: tried again after this
   * delay.
   */
  public static FailureException retryAfter(String code, String message, Duration delay) {
    return new FailureException(Failure.Kind.RETRYABLE, code, message, delay, null);
  }

  /** RETRYABLE or PERMANENT. */
  public Failure.Kind kind() {
    return kind;
  }

  /** Machine-readable, UPPER_SNAKE_CASE. */
  public String code() {
    return code;
  }

  /** The delay the target asked for, instead of the policy's backoff. */
  public Optional<Duration> retryDelay() {
    return Optional.ofNullable(retryDelay);
  }
}
