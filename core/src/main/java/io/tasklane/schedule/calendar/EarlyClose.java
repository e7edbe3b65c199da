package io.tasklane.schedule.calendar;

import java.time.LocalTime;

/**
 * A day whose last regular session closes earlier.
 *
 * @param close when it closes, in the calendar's zone
 * @param reason such as "day after Thanksgiving"
 */
public record EarlyClose(LocalTime close, String reason) {}
