package io.tasklane.schedule.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calendars that come with the server; a stored one of the same name comes before them. */
public final class BuiltInCalendars {
  private static final Map<String, MarketCalendar> BY_NAME = new TreeMap<>();

  static {
    for (String name : List.of("XNYS", "XNSE")) {
      BY_NAME.put(name, CalendarFile.read(text(name + ".calendar")));
    }
  }

  private BuiltInCalendars() {}

  /** The New York Stock Exchange, 2024 to 2030. */
  public static MarketCalendar xnys() {
    return BY_NAME.get("XNYS");
  }

  /** The National Stock Exchange of India, 2024 to 2026. */
  public static MarketCalendar xnse() {
    return BY_NAME.get("XNSE");
  }

  /** The calendar of that name; empty if there is none. */
  public static Optional<MarketCalendar> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All of them, by name. */
  public static List<MarketCalendar> all() {
    return List.copyOf(BY_NAME.values());
  }

  private static String text(String resource) {
    try (InputStream in = BuiltInCalendars.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
