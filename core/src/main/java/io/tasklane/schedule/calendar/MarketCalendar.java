package io.tasklane.schedule.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a market trades. Of what is known about a day, a special day comes before a holiday, a
 * holiday before an early close, and that before the regular week.
 *
 * @param name such as "XNYS", the market identifier code where there is one
 * @param version of the lists, for people to see which they have; one line
 * @param zone of all its wall times
 * @param validFrom the first day it knows
 * @param validTo the last day it knows
 * @param week the regular sessions of each day of the week, in order; a missing day has none
 * @param holidays days without sessions, and why
 * @param earlyCloses days whose last session closes earlier
 * @param specialDays days with sessions of their own
 */
public record MarketCalendar(
    String name,
    String version,
    ZoneId zone,
    LocalDate validFrom,
    LocalDate validTo,
    Map<DayOfWeek, List<Hours>> week,
    Map<LocalDate, String> holidays,
    Map<LocalDate, EarlyClose> earlyCloses,
    Map<LocalDate, SpecialDay> specialDays) {

  /**
   * Copies and checks the lists: an entry outside the range, an early close that changes nothing, a
   * version of several lines, or sessions that overlap are refused.
   *
   * @throws io.tasklane.schedule.due.InvalidScheduleException if they are not consistent
   */
  public MarketCalendar {
    week =
        week.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, day -> List.copyOf(day.getValue())));
    holidays = Map.copyOf(holidays);
    earlyCloses = Map.copyOf(earlyCloses);
    specialDays = Map.copyOf(specialDays);
    CalendarRules.checkRange(name, validFrom, validTo);
    CalendarRules.checkVersion(version);
    CalendarRules.checkDays("holidays", holidays.keySet(), validFrom, validTo);
    CalendarRules.checkDays("special_days", specialDays.keySet(), validFrom, validTo);
    CalendarRules.checkDays("early_closes", earlyCloses.keySet(), validFrom, validTo);
    CalendarRules.checkEarlyCloses(week, holidays, earlyCloses, specialDays);
    CalendarRules.checkOrder(
        new SessionList(zone, week, holidays, earlyCloses, specialDays), validFrom, validTo);
  }

  /**
   * The sessions that open on that day, in order; empty if there is none.
   *
   * @throws CalendarRangeException if the calendar does not know that day
   */
  public List<Session> sessionsOn(LocalDate day) {
    if (day.isBefore(validFrom) || day.isAfter(validTo)) {
      throw new CalendarRangeException(this, day);
    }
    return sessions().on(day);
  }

  /**
   * Why there is no trading on that day; empty if some part of a session falls on it.
   *
   * @throws CalendarRangeException if the calendar does not know that day
   */
  public Optional<String> closedReason(LocalDate day) {
    if (!sessionsOn(day).isEmpty() || overnight(day).findAny().isPresent()) {
      return Optional.empty();
    }
    String weekday = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return Optional.of(
        holidays.containsKey(day)
            ? name + " is closed on " + day + ": " + holidays.get(day)
            : name + " has no session on " + weekday + " " + day);
  }

  /** The date of an instant in the calendar's zone. */
  public LocalDate dayOf(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  /** The first instant of a day in the calendar's zone. */
  public Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** The first instant that it does not know any more. */
  public Instant end() {
    return startOf(validTo.plusDays(1));
  }

  /** What to say when more than it knows is needed. */
  String endOfKnowledge() {
    return new CalendarRangeException(this, validTo.plusDays(1)).getMessage();
  }

  /** The sessions of the day before that go on after midnight. */
  private Stream<Session> overnight(LocalDate day) {
    LocalDate before = day.minusDays(1);
    return before.isBefore(validFrom)
        ? Stream.empty()
        : sessions().on(before).stream().filter(session -> session.close().isAfter(startOf(day)));
  }

  private SessionList sessions() {
    return new SessionList(zone, week, holidays, earlyCloses, specialDays);
  }
}
