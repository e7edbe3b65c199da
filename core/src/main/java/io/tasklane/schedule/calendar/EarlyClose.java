package io.tasklane.schedule.calendar;

import java.time.LocalTime;

/**
 * A day whose last regular session closes earlier, and on the day on which it opened. A session
 * that goes on after midnight and is cut there is entered as a special day.
 *
 * @param close when it closes, in the calendar's zone
 * @param reason such as "day after Thanksgiving"
 */
public record EarlyClose(LocalTime close, String reason) {}
