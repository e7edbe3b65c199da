package io.tasklane.task;

import java.time.Instant;

/**
 * Why an attempt, or a whole task, failed.
 *
 * @param kind what Tasklane does about it
 * @param code machine-readable, UPPER_SNAKE_CASE, for example BROKER_RATE_LIMITED
 * @param message for people, may be empty
 * @param stackTrace the full trace, empty where there is none
 * @param failTime when it failed
 */
public record Failure(Kind kind, String code, String message, String stackTrace, Instant failTime) {

  /** What Tasklane does after a failure. The code is stored in rows and used on the wire. */
  public enum Kind {
    /** The world's fault and possibly temporary: tried again while attempts are left. */
    RETRYABLE(1),
    /** Would fail the same way again, such as invalid data: not tried again. */
    PERMANENT(2),
    /** A time limit was reached: not tried again, partial results are kept. */
    TIMEOUT(3),
    /** The node that ran it died three times in a row with this task: not tried again. */
    LEASE_LOST(4),
    /** A task it needs did not end as needed. */
    DEPENDENCY(5),
    /** Somebody cancelled the task. */
    CANCELLED(6);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The stored code; it never changes. */
    public int code() {
      return code;
    }

    /** The kind with this code. */
    public static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no failure kind has the code " + code);
    }
  }
}
