package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a calendar has to fulfil, so that a slip in a list is found when it is entered. */
final class CalendarRules {
  private static final int LONGEST_YEARS = 50;

  private CalendarRules() {}

  static void checkRange(String name, LocalDate from, LocalDate to) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
      throw wrong(
          "name", "'" + name + "' is not allowed: letters, digits, - and _ are, at most 63");
    }
    if (to.isBefore(from) || to.isAfter(from.plusYears(LONGEST_YEARS))) {
      throw wrong("valid_to", to + " is not allowed: 0 to 50 years after " + from + " are");
    }
  }

  /** A version that the text of a calendar can hold, which has a line for it. */
  static void checkVersion(String version) {
    boolean line = version.matches("\\P{Cntrl}+") && version.equals(version.trim());
    if (!line || version.isBlank()) {
      throw wrong(
          "version",
          "'" + version + "' is not allowed: a text of one line, not blank at an end is");
    }
  }

  static void checkDays(String field, Set<LocalDate> days, LocalDate from, LocalDate to) {
    days.stream()
        .filter(day -> day.isBefore(from) || day.isAfter(to))
        .sorted()
        .findFirst()
        .ifPresent(
            day -> {
              throw wrong(field, day + " is outside the calendar's range " + from + " to " + to);
            });
  }

  /** Lists of early closes that are made by a rule have days that never were: find them here. */
  static void checkEarlyCloses(
      Map<DayOfWeek, List<Hours>> week,
      Map<LocalDate, String> holidays,
      Map<LocalDate, EarlyClose> earlyCloses,
      Map<LocalDate, SpecialDay> specialDays) {
    earlyCloses.forEach(
        (day, early) -> {
          List<Hours> regular = week.getOrDefault(day.getDayOfWeek(), List.of());
          if (regular.isEmpty() || holidays.containsKey(day) || specialDays.containsKey(day)) {
            throw wrong("early_closes", day + " has no regular session to close early");
          }
          List<Hours> left = SessionList.shortened(regular, early);
          if (left.isEmpty() || left.equals(regular)) {
            throw wrong(
                "early_closes",
                early.close() + " on " + day + " is not between open and close of " + regular);
          }
        });
  }

  /** Every session closes after it opens, and opens when the one before has closed. */
  static void checkOrder(SessionList sessions, LocalDate from, LocalDate to) {
    Instant closed = Instant.MIN;
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      for (Session session : sessions.on(day)) {
        if (session.open().isBefore(closed) || !session.close().isAfter(session.open())) {
          throw wrong("sessions", "those of " + day + " overlap, or are not in order");
        }
        closed = session.close();
      }
    }
  }

  private static InvalidScheduleException wrong(String field, String problem) {
    return new InvalidScheduleException("calendar." + field, problem);
  }
}
