package io.tasklane.schedule.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Whether a market is in session at an instant, and until when that stays so. */
public sealed interface Trading {
  /**
   * It is in session.
   *
   * @param from the first instant of the session
   * @param until the first instant after it
   */
  record Open(Instant from, Instant until) implements Trading {
    /** Whether the session has this instant. */
    public boolean contains(Instant time) {
      return !time.isBefore(from) && time.isBefore(until);
    }
  }

  /**
   * It is closed.
   *
   * @param opens when the next session opens; empty where the calendar has none any more
   * @param reason why it is closed
   */
  record Closed(Optional<Instant> opens, String reason) implements Trading {}

  /**
   * The calendar does not know: an error, since a guess would trade.
   *
   * @param problem what it does know, and what to do
   */
  record Unknown(String problem) implements Trading {}

  /** What the calendar says about an instant. */
  static Trading at(MarketCalendar calendar, Instant time) {
    LocalDate day = calendar.dayOf(time);
    LocalDate before = day.minusDays(1); // its last session may go on after midnight
    for (LocalDate each : new LocalDate[] {before, day}) {
      if (!each.isBefore(calendar.validFrom()) && !each.isAfter(calendar.validTo())) {
        for (Session session : calendar.sessionsOn(each)) {
          Open open = new Open(session.open(), session.close());
          if (open.contains(time)) {
            return open;
          }
        }
      }
    }
    try {
      String reason =
          calendar
              .closedReason(day)
              .orElseGet(() -> calendar.name() + " is outside its hours on " + day);
      return new Closed(nextOpen(calendar, day, time), reason);
    } catch (CalendarRangeException beyond) {
      return new Unknown(beyond.getMessage());
    }
  }

  private static Optional<Instant> nextOpen(MarketCalendar calendar, LocalDate from, Instant time) {
    for (LocalDate day = from; !day.isAfter(calendar.validTo()); day = day.plusDays(1)) {
      for (Session session : calendar.sessionsOn(day)) {
        if (session.open().isAfter(time)) {
          return Optional.of(session.open());
        }
      }
    }
    return Optional.empty();
  }
}
