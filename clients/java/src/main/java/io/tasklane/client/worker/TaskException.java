package io.tasklane.client.worker;

import java.time.Duration;
import java.util.Optional;

/** Fails a run with a code of the handler's choice. */
public final class TaskException extends RuntimeException {
  private final String code;
  private final boolean permanent;
  private final transient Optional<Duration> retryAfter;

  private TaskException(
      String code, String message, boolean permanent, Optional<Duration> retryAfter) {
    super(message);
    this.code = code;
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /** To be tried again, by the retry policy; the code is UPPER_SNAKE_CASE. */
  public static TaskException retryable(String code, String message) {
    return new TaskException(code, message, false, Optional.empty());
  }

  /** Not to be tried again. */
  public static TaskException permanent(String code, String message) {
    return new TaskException(code, message, true, Optional.empty());
  }

  /** The same with a wait before the next attempt instead of that of the policy. */
  public TaskException after(Duration wait) {
    return new TaskException(code, getMessage(), permanent, Optional.of(wait));
  }

  /** The code. */
  public String code() {
    return code;
  }

  /** Whether it is not tried again. */
  public boolean isPermanent() {
    return permanent;
  }

  /** The wait before the next attempt; empty for that of the policy. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
