package io.tasklane.schedule.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the sessions of a day out of the regular week and its exceptions. */
record SessionList(
    ZoneId zone,
    Map<DayOfWeek, List<Hours>> week,
    Map<LocalDate, String> holidays,
    Map<LocalDate, EarlyClose> earlyCloses,
    Map<LocalDate, SpecialDay> specialDays) {

  List<Session> on(LocalDate day) {
    SpecialDay special = specialDays.get(day);
    if (special != null) {
      return sessions(day, special.sessions(), Optional.of(special.reason()));
    }
    if (holidays.containsKey(day)) {
      return List.of();
    }
    List<Hours> regular = week.getOrDefault(day.getDayOfWeek(), List.of());
    EarlyClose early = earlyCloses.get(day);
    return early == null
        ? sessions(day, regular, Optional.empty())
        : sessions(day, shortened(regular, early), Optional.of(early.reason()));
  }

  /** Usual time of a weekday; of one that has no regular session that of the longest day. */
  Duration regularLength(DayOfWeek day) {
    return week.containsKey(day)
        ? length(week.get(day))
        : week.values().stream()
            .map(SessionList::length)
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** What is left of the sessions when the market closes at that time. */
  static List<Hours> shortened(List<Hours> regular, EarlyClose early) {
    List<Hours> left = new ArrayList<>();
    for (Hours hours : regular) {
      if (hours.open().isBefore(early.close())) {
        boolean cut = hours.isOvernight() || hours.close().isAfter(early.close());
        left.add(cut ? new Hours(hours.open(), early.close()) : hours);
      }
    }
    return left;
  }

  private List<Session> sessions(LocalDate day, List<Hours> hours, Optional<String> reason) {
    boolean half = length(hours).compareTo(regularLength(day.getDayOfWeek())) < 0;
    return hours.stream()
        .map(
            each ->
                new Session(
                    day,
                    day.atTime(each.open()).atZone(zone).toInstant(),
                    day.plusDays(each.isOvernight() ? 1 : 0)
                        .atTime(each.close())
                        .atZone(zone)
                        .toInstant(),
                    half,
                    reason))
        .toList();
  }

  private static Duration length(List<Hours> hours) {
    return hours.stream().map(Hours::length).reduce(Duration.ZERO, Duration::plus);
  }
}
