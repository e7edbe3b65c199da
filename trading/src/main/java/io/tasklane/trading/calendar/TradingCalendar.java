package io.tasklane.trading.calendar;

import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of the New York Stock Exchange: 09:30 to 16:00 New York time, 13:00 on early closes,
 * on weekdays that are no holidays. Holds for 2000 and later; early closes by today's rule (day
 * after Thanksgiving, 24 December, 3 July), which is the one published since 2013.
 */
public final class TradingCalendar {
  /** New York, where the exchange's clock stands. */
  public static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

  private final Map<Integer, Set<LocalDate>> closedByYear = new ConcurrentHashMap<>();

  private TradingCalendar() {}

  /** The calendar of the New York Stock Exchange (MIC XNYS). */
  public static TradingCalendar nyse() {
    return new TradingCalendar();
  }

  /** Whether there is a session on that day. */
  public boolean isTradingDay(LocalDate day) {
    return day.getDayOfWeek() != SATURDAY
        && day.getDayOfWeek() != SUNDAY
        && !closedByYear.computeIfAbsent(day.getYear(), NyseHolidays::of).contains(day);
  }

  /** Whether that day's session ends at 13:00. */
  public boolean isEarlyClose(LocalDate day) {
    boolean eve =
        (day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 24)
            || (day.getMonth() == Month.JULY && day.getDayOfMonth() == 3)
            || day.equals(NyseHolidays.thanksgiving(day.getYear()).plusDays(1));
    return eve && isTradingDay(day);
  }

  /** When that day's session opens; refuses a day without one. */
  public Instant open(LocalDate day) {
    return requireSession(day).atTime(OPEN).atZone(ZONE).toInstant();
  }

  /** When that day's session closes; refuses a day without one. */
  public Instant close(LocalDate day) {
    LocalTime time = isEarlyClose(day) ? EARLY_CLOSE : CLOSE;
    return requireSession(day).atTime(time).atZone(ZONE).toInstant();
  }

  /** The last trading day that is not after that day. */
  public LocalDate onOrBefore(LocalDate day) {
    LocalDate candidate = day;
    while (!isTradingDay(candidate)) {
      candidate = candidate.minusDays(1);
    }
    return candidate;
  }

  /** The last trading day before that day. */
  public LocalDate before(LocalDate day) {
    return onOrBefore(day.minusDays(1));
  }

  /** The first trading day after that day. */
  public LocalDate after(LocalDate day) {
    LocalDate candidate = day.plusDays(1);
    while (!isTradingDay(candidate)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  /** The last trading day whose session had closed at that instant. */
  public LocalDate lastClosed(Instant instant) {
    LocalDate day = onOrBefore(instant.atZone(ZONE).toLocalDate());
    return close(day).isAfter(instant) ? before(day) : day;
  }

  /** Whether a session is on at that instant; the opening instant is, the closing one is not. */
  public boolean isOpen(Instant instant) {
    LocalDate day = instant.atZone(ZONE).toLocalDate();
    return isTradingDay(day) && !instant.isBefore(open(day)) && instant.isBefore(close(day));
  }

  /**
   * How many trading days lie after the first day, up to and including the second; not negative.
   */
  public int tradingDaysBetween(LocalDate after, LocalDate upTo) {
    int count = 0;
    for (LocalDate day = upTo; day.isAfter(after); day = day.minusDays(1)) {
      count += isTradingDay(day) ? 1 : 0;
    }
    return count;
  }

  private LocalDate requireSession(LocalDate day) {
    if (!isTradingDay(day)) {
      throw new IllegalArgumentException(day + " has no NYSE session");
    }
    return day;
  }
}
