package io.tasklane.schedule.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One session of a market.
 *
 * @param day on which it opens, in the calendar's zone
 * @param open its first instant
 * @param close the first instant after it
 * @param halfDay whether the market is open for a shorter time on that day than usual
 * @param reason why it is not a regular session, if it is not
 */
public record Session(
    LocalDate day, Instant open, Instant close, boolean halfDay, Optional<String> reason) {}
