package io.tasklane.schedule.calendar;

import java.util.List;

/**
 * A day with sessions of its own, whatever the weekday and whether or not it is a holiday.
 *
 * @param sessions of that day, in order; they replace the regular ones
 * @param reason such as "Muhurat trading"
 */
public record SpecialDay(List<Hours> sessions, String reason) {
  /** Copies the list. */
  public SpecialDay {
    sessions = List.copyOf(sessions);
  }
}
