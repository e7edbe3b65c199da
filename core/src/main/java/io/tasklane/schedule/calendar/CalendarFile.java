package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a calendar from text, a fact a line: {@code name}, {@code version}, {@code zone}, {@code
 * valid FROM TO}, {@code week MONDAY,TUESDAY HH:MM-HH:MM}, {@code holiday DATE REASON}, {@code
 * early DATE HH:MM REASON}, {@code special DATE HH:MM-HH:MM[,HH:MM-HH:MM] REASON}. Empty lines, and
 * those that begin with {@code #}, are for people.
 */
public final class CalendarFile {
  private final Map<String, String> facts = new HashMap<>();
  private final Map<DayOfWeek, List<Hours>> week = new HashMap<>();
  private final Map<LocalDate, String> holidays = new HashMap<>();
  private final Map<LocalDate, EarlyClose> earlyCloses = new HashMap<>();
  private final Map<LocalDate, SpecialDay> specialDays = new HashMap<>();

  private CalendarFile() {}

  /**
   * The calendar that a text describes.
   *
   * @throws InvalidScheduleException if a line is not understood, naming its number, or the
   *     calendar is not consistent
   */
  public static MarketCalendar read(String text) {
    CalendarFile file = new CalendarFile();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        file.line(line.trim());
      } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
        throw new InvalidScheduleException(
            "calendar", "line " + number + " is not understood: " + wrong.getMessage());
      }
    }
    return file.calendar();
  }

  /** The same calendar as text: what {@link #read} makes this calendar of. */
  public static String write(MarketCalendar calendar) {
    return CalendarText.of(calendar);
  }

  private void line(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String[] words = line.split("\\s+", 3);
    switch (words[0]) {
      case "name", "version" -> put(facts, words[0], afterFirstWord(line));
      case "zone" -> put(facts, "zone", ZoneId.of(afterFirstWord(line)).getId());
      case "valid" -> {
        put(facts, "from", LocalDate.parse(words[1]).toString());
        put(facts, "to", LocalDate.parse(words[2]).toString());
      }
      case "week" -> {
        for (String day : words[1].split(",")) {
          put(week, DayOfWeek.valueOf(day), hours(words[2]));
        }
      }
      case "holiday" -> put(holidays, LocalDate.parse(words[1]), words[2]);
      case "early" -> {
        String[] rest = words[2].split("\\s+", 2);
        put(
            earlyCloses,
            LocalDate.parse(words[1]),
            new EarlyClose(LocalTime.parse(rest[0]), rest[1]));
      }
      case "special" -> {
        String[] rest = words[2].split("\\s+", 2);
        put(specialDays, LocalDate.parse(words[1]), new SpecialDay(hours(rest[0]), rest[1]));
      }
      default -> throw new IllegalArgumentException("'" + words[0] + "' is no fact of a calendar");
    }
  }

  private MarketCalendar calendar() {
    for (String fact : List.of("name", "version", "zone", "from", "to")) {
      if (!facts.containsKey(fact)) {
        throw new InvalidScheduleException("calendar", fact + " is missing");
      }
    }
    return new MarketCalendar(
        facts.get("name"),
        facts.get("version"),
        ZoneId.of(facts.get("zone")),
        LocalDate.parse(facts.get("from")),
        LocalDate.parse(facts.get("to")),
        week,
        holidays,
        earlyCloses,
        specialDays);
  }

  private static String afterFirstWord(String line) {
    return line.split("\\s+", 2)[1];
  }

  private static List<Hours> hours(String text) {
    return Arrays.stream(text.split(","))
        .map(range -> range.split("-"))
        .map(ends -> new Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])))
        .toList();
  }

  private static <K, V> void put(Map<K, V> map, K key, V value) {
    if (map.put(key, value) != null) {
      throw new IllegalArgumentException(key + " is there twice");
    }
  }
}
