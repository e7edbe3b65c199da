package io.tasklane.schedule.firing;

import java.time.Instant;

/**
 * What makes a firing one and the same, on whichever node and how late it is decided: the schedule
 * and the scheduled time. The time at which it starts is no part of it.
 *
 * @param schedule final part of the schedule's name
 * @param scheduledTime the due time
 */
public record FiringKey(String schedule, Instant scheduledTime) {
  /** As one text, to make requests idempotent with. */
  public String text() {
    return schedule + "/" + scheduledTime;
  }
}
