package io.tasklane.trading.calendar;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.LocalDate;
import java.time.Month;
import java.util.HashSet;
import java.util.Set;

/**
 * The weekdays on which the New York Stock Exchange stays closed, by its Rule 7.2: a holiday on a
 * Sunday is kept on Monday, one on a Saturday on the Friday before, except New Year's Day.
 */
final class NyseHolidays {
  private static final int JUNETEENTH_SINCE = 2022;

  /** Closed without a rule: national mourning, the attacks of 2001, hurricane Sandy. */
  private static final Set<LocalDate> UNSCHEDULED =
      Set.of(
          LocalDate.of(2001, 9, 11),
          LocalDate.of(2001, 9, 12),
          LocalDate.of(2001, 9, 13),
          LocalDate.of(2001, 9, 14),
          LocalDate.of(2004, 6, 11),
          LocalDate.of(2007, 1, 2),
          LocalDate.of(2012, 10, 29),
          LocalDate.of(2012, 10, 30),
          LocalDate.of(2018, 12, 5),
          LocalDate.of(2025, 1, 9));

  private NyseHolidays() {}

  static Set<LocalDate> of(int year) {
    Set<LocalDate> closed = new HashSet<>();
    LocalDate newYear = LocalDate.of(year, 1, 1);
    // A Saturday's New Year is not moved: the Friday is the last business day of the old year.
    closed.add(newYear.getDayOfWeek() == SUNDAY ? newYear.plusDays(1) : newYear);
    closed.add(LocalDate.of(year, Month.JANUARY, 1).with(dayOfWeekInMonth(3, MONDAY)));
    closed.add(LocalDate.of(year, Month.FEBRUARY, 1).with(dayOfWeekInMonth(3, MONDAY)));
    closed.add(easter(year).minusDays(2));
    closed.add(LocalDate.of(year, Month.MAY, 1).with(lastInMonth(MONDAY)));
    if (year >= JUNETEENTH_SINCE) {
      closed.add(observed(LocalDate.of(year, Month.JUNE, 19)));
    }
    closed.add(observed(LocalDate.of(year, Month.JULY, 4)));
    closed.add(LocalDate.of(year, Month.SEPTEMBER, 1).with(dayOfWeekInMonth(1, MONDAY)));
    closed.add(thanksgiving(year));
    closed.add(observed(LocalDate.of(year, Month.DECEMBER, 25)));
    UNSCHEDULED.stream().filter(day -> day.getYear() == year).forEach(closed::add);
    return Set.copyOf(closed);
  }

  static LocalDate thanksgiving(int year) {
    return LocalDate.of(year, Month.NOVEMBER, 1).with(dayOfWeekInMonth(4, THURSDAY));
  }

  private static LocalDate observed(LocalDate day) {
    if (day.getDayOfWeek() == SATURDAY) {
      return day.minusDays(1);
    }
    return day.getDayOfWeek() == SUNDAY ? day.plusDays(1) : day;
  }

  /**
   * Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8).
   */
  private static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int f = (b + 8) / 25;
    int g = (b - f + 1) / 3;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return LocalDate.of(year, n / 31, n % 31 + 1);
  }
}
