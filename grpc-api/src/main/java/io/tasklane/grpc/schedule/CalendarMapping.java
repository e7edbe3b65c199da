package io.tasklane.grpc.schedule;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.schedule.calendar.Hours;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.calendar.Session;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.stored.StoredCalendar;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.EarlyClose;
import io.tasklane.v1.Holiday;
import io.tasklane.v1.SpecialDay;
import io.tasklane.v1.TradingHours;
import io.tasklane.v1.WeeklyHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Calendars as the wire shows them and asks for them. */
final class CalendarMapping {
  private CalendarMapping() {}

  static Calendar toWire(StoredCalendar stored) {
    Calendar.Builder wire =
        Calendar.newBuilder()
            .setName(stored.name())
            .setEtag(stored.etag())
            .setBuiltIn(stored.isBuiltIn());
    add(stored.calendar(), wire);
    return wire.build();
  }

  /** What a client can set. */
  static void add(MarketCalendar calendar, Calendar.Builder wire) {
    wire.setTimeZone(calendar.zone().getId())
        .setVersion(calendar.version())
        .setValidFrom(calendar.validFrom().toString())
        .setValidTo(calendar.validTo().toString());
    Map<List<Hours>, WeeklyHours.Builder> week = new LinkedHashMap<>();
    new TreeMap<>(calendar.week())
        .forEach(
            (day, hours) ->
                week.computeIfAbsent(hours, CalendarMapping::weekly).addDays(day.name()));
    week.values().forEach(wire::addWeeklyHours);
    new TreeMap<>(calendar.holidays())
        .forEach(
            (day, why) ->
                wire.addHolidays(Holiday.newBuilder().setDate(day.toString()).setReason(why)));
    new TreeMap<>(calendar.earlyCloses())
        .forEach(
            (day, early) ->
                wire.addEarlyCloses(
                    EarlyClose.newBuilder()
                        .setDate(day.toString())
                        .setClose(early.close().toString())
                        .setReason(early.reason())));
    new TreeMap<>(calendar.specialDays())
        .forEach(
            (day, special) ->
                wire.addSpecialDays(
                    SpecialDay.newBuilder()
                        .setDate(day.toString())
                        .addAllHours(
                            special.sessions().stream().map(CalendarMapping::toWire).toList())
                        .setReason(special.reason())));
  }

  private static WeeklyHours.Builder weekly(List<Hours> hours) {
    return WeeklyHours.newBuilder()
        .addAllHours(hours.stream().map(CalendarMapping::toWire).toList());
  }

  private static TradingHours toWire(Hours hours) {
    return TradingHours.newBuilder()
        .setOpen(hours.open().toString())
        .setClose(hours.close().toString())
        .build();
  }

  static io.tasklane.v1.Session toWire(Session session) {
    return io.tasklane.v1.Session.newBuilder()
        .setOpenTime(WireTime.of(session.open()))
        .setCloseTime(WireTime.of(session.close()))
        .setHalfDay(session.halfDay())
        .setReason(session.reason().orElse(""))
        .build();
  }

  /**
   * The calendar that a client wants.
   *
   * @param name final part of its name
   * @throws InvalidRequest naming the field that is missing or wrong
   */
  static MarketCalendar read(Calendar wire, String name) {
    Map<DayOfWeek, List<Hours>> week = new HashMap<>();
    for (WeeklyHours weekly : wire.getWeeklyHoursList()) {
      for (String day : weekly.getDaysList()) {
        put(week, DayOfWeek.valueOf(day), hours(weekly.getHoursList()), "weekly_hours");
      }
    }
    Map<LocalDate, String> holidays = new HashMap<>();
    for (Holiday holiday : wire.getHolidaysList()) {
      put(holidays, date(holiday.getDate(), "holidays"), holiday.getReason(), "holidays");
    }
    Map<LocalDate, io.tasklane.schedule.calendar.EarlyClose> early = new HashMap<>();
    for (EarlyClose close : wire.getEarlyClosesList()) {
      put(
          early,
          date(close.getDate(), "early_closes"),
          new io.tasklane.schedule.calendar.EarlyClose(
              LocalTime.parse(close.getClose()), close.getReason()),
          "early_closes");
    }
    Map<LocalDate, io.tasklane.schedule.calendar.SpecialDay> special = new HashMap<>();
    for (SpecialDay day : wire.getSpecialDaysList()) {
      put(
          special,
          date(day.getDate(), "special_days"),
          new io.tasklane.schedule.calendar.SpecialDay(hours(day.getHoursList()), day.getReason()),
          "special_days");
    }
    try {
      return new MarketCalendar(
          name,
          wire.getVersion(),
          allowed("time_zone", wire.getTimeZone(), () -> ZoneId.of(wire.getTimeZone())),
          date(wire.getValidFrom(), "valid_from"),
          date(wire.getValidTo(), "valid_to"),
          week,
          holidays,
          early,
          special);
    } catch (InvalidScheduleException wrong) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, wrong.field(), wrong.problem());
    }
  }

  private static List<Hours> hours(List<TradingHours> wire) {
    return wire.stream()
        .map(each -> new Hours(LocalTime.parse(each.getOpen()), LocalTime.parse(each.getClose())))
        .toList();
  }

  private static LocalDate date(String text, String field) {
    return allowed(field, text, () -> LocalDate.parse(text));
  }

  private static <V> V allowed(String field, String text, Supplier<V> value) {
    try {
      return value.get();
    } catch (DateTimeException wrong) {
      throw wrong(field, "\"" + text + "\" is not allowed: " + wrong.getMessage());
    }
  }

  private static <K, V> void put(Map<K, V> map, K key, V value, String field) {
    if (map.put(key, value) != null) {
      throw wrong(field, key + " is there twice: once is allowed");
    }
  }

  private static InvalidRequest wrong(String field, String problem) {
    return InvalidRequest.field(Reason.INVALID_FIELD, "calendar." + field, problem);
  }
}
