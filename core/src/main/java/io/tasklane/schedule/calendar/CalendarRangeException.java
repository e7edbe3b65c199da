package io.tasklane.schedule.calendar;

import java.time.LocalDate;

/** A calendar was asked about a day it does not know. It is an error, since a guess would trade. */
public final class CalendarRangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The calendar of this name was asked about a day outside its range. */
  CalendarRangeException(MarketCalendar calendar, LocalDate day) {
    super(
        String.format(
            "calendar %s does not know %s: it holds from %s to %s, and has to be updated for more",
            calendar.name(), day, calendar.validFrom(), calendar.validTo()));
  }
}
