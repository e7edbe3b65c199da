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
 */
public record Progress(
    long completedUnits, long totalUnits, String currentUnit, String message, Instant updateTime) {
  /** Checks that the counts are not negative. */
  public Progress {
    if (completedUnits < 0 || totalUnits < 0) {
      throw new IllegalArgumentException(
          "progress " + completedUnits + " of " + totalUnits + ": units must not be negative");
    }
  }
}
