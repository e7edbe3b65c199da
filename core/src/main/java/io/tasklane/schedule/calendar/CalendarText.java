package io.tasklane.schedule.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a calendar as the text that {@link CalendarFile} reads, in the order of days. */
final class CalendarText {
  private CalendarText() {}

  static String of(MarketCalendar calendar) {
    Stream<String> head =
        Stream.of(
            "name " + calendar.name(),
            "version " + calendar.version(),
            "zone " + calendar.zone(),
            "valid " + calendar.validFrom() + " " + calendar.validTo());
    Stream<String> week =
        calendar.week().entrySet().stream()
            .filter(day -> !day.getValue().isEmpty())
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(DayOfWeek::getValue)))
            .map(day -> "week " + day.getKey() + " " + hours(day.getValue()));
    Stream<String> days =
        Stream.of(
                lines("holiday", calendar.holidays(), reason -> reason),
                lines(
                    "early", calendar.earlyCloses(), early -> early.close() + " " + early.reason()),
                lines(
                    "special",
                    calendar.specialDays(),
                    special -> hours(special.sessions()) + " " + special.reason()))
            .flatMap(Function.identity())
            .sorted(Comparator.comparing(line -> line.split(" ")[1]));
    return Stream.of(head, week, days)
        .flatMap(Function.identity())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static <V> Stream<String> lines(
      String fact, Map<LocalDate, V> days, Function<V, String> rest) {
    return days.entrySet().stream()
        .map(day -> fact + " " + day.getKey() + " " + rest.apply(day.getValue()));
  }

  private static String hours(List<Hours> hours) {
    return hours.stream().map(Hours::toString).collect(Collectors.joining(","));
  }
}
