package io.tasklane.schedule.firing;

import java.time.Instant;

/**
 * A due time that does not run.
 *
 * @param scheduledTime the due time
 * @param reason why
 * @param explanation for people
 */
public record Skip(Instant scheduledTime, Reason reason, String explanation) {
  /** Why a due time does not run. The code is stored in rows. */
  public enum Reason {
    /** An earlier run has not ended. */
    OVERLAP(1),
    /** The calendar has no trading then. */
    CLOSED(2),
    /** Nobody looked within the catch-up window. */
    MISSED(3);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The stored code. */
    public int code() {
      return code;
    }
  }
}
