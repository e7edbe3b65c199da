package io.tasklane.task;

import java.time.Instant;

/**
 * How far a run is, in units of the handler's own choice.
 *
 * @param completedUnits units done, not negative
 * @param totalUnits units in all, 0 if unknown
 * @param currentUnit what is being worked on, may be empty
 * @param message free text for people, may be empty
 * @param updateTime when the handler reported it
 * @param details a JSON object of the handler's own, empty for none
 */
public record Progress(
    long completedUnits,
    long totalUnits,
    String currentUnit,
    String message,
    Instant updateTime,
    String details) {
  /** The largest details, in bytes of UTF-8: 4 KiB. */
  public static final int MAX_DETAILS = 4 * 1024;

  /** A report without details. */
  public Progress(
      long completedUnits,
      long totalUnits,
      String currentUnit,
      String message,
      Instant updateTime) {
    this(completedUnits, totalUnits, currentUnit, message, updateTime, "");
  }

  /** Checks that the counts are not negative. */
  public Progress {
    if (completedUnits < 0 || totalUnits < 0) {
      throw new IllegalArgumentException(
          "progress " + completedUnits + " of " + totalUnits + ": units must not be negative");
    }
  }
}
