package io.tasklane.schedule.calendar;

import java.time.Duration;
import java.time.LocalTime;

/**
 * When a session opens and closes, in the calendar's zone.
 *
 * @param open the first moment of the session
 * @param close the first moment after it; not later than {@code open} means on the next day
 */
public record Hours(LocalTime open, LocalTime close) {
  /** Whether it closes on the day after it opened. */
  public boolean isOvernight() {
    return !close.isAfter(open);
  }

  /** How long it is open on a day on which the clocks do not change. */
  public Duration length() {
    Duration length = Duration.between(open, close);
    return isOvernight() ? length.plusDays(1) : length;
  }

  @Override
  public String toString() {
    return open + "-" + close;
  }
}
