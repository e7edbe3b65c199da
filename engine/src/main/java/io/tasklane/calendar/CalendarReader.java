package io.tasklane.calendar;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.CalendarFile;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.schedule.stored.StoredCalendar;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds calendars: a stored one comes before one of the same name that comes with the server.
 *
 * @param connection to read on
 */
public record CalendarReader(Connection connection) {
  /** Parsed contents by name, since parsing checks every day of a calendar. */
  private static final Map<String, Parsed> PARSED = new ConcurrentHashMap<>();

  private static final String SELECT = "SELECT name, content, version FROM calendar ";

  private record Parsed(String content, MarketCalendar calendar) {}

  /** The calendar of that name. */
  public Optional<StoredCalendar> find(String name) throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE name = :name")
        .set("name", name)
        .first(CalendarReader::read)
        .or(() -> BuiltInCalendars.find(name).map(built -> new StoredCalendar(built, 0)));
  }

  /**
   * The calendar of that name.
   *
   * @throws Refusal NOT_FOUND: CALENDAR_NOT_FOUND
   */
  public StoredCalendar require(String name) throws SQLException {
    return find(name)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.CALENDAR_NOT_FOUND, "calendars/" + name, "does not exist"));
  }

  /** All calendars by name, those after this one, at most so many. */
  public List<StoredCalendar> list(String after, int limit) throws SQLException {
    Map<String, StoredCalendar> all = new TreeMap<>();
    BuiltInCalendars.all().forEach(built -> all.put(built.name(), new StoredCalendar(built, 0)));
    NamedSql.on(connection, SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
        .set("after", after)
        .set("limit", limit)
        .list(CalendarReader::read)
        .forEach(stored -> all.put(stored.calendar().name(), stored));
    return all.values().stream()
        .filter(calendar -> calendar.calendar().name().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  /**
   * Finds the calendar that a schedule names.
   *
   * @return a function that throws a Refusal INVALID_ARGUMENT: CALENDAR_UNKNOWN, naming the field,
   *     if there is none
   */
  public static Function<String, MarketCalendar> of(Connection connection, ScheduleSpec spec) {
    String field = "schedule." + spec.trigger().calendarField();
    return name -> {
      try {
        return new CalendarReader(connection)
            .find(name)
            .map(StoredCalendar::calendar)
            .orElseThrow(() -> unknown(name, field));
      } catch (SQLException away) {
        throw Refusal.unavailable(
            RefusalReason.DATABASE_UNAVAILABLE,
            "the database cannot be reached: " + away.getMessage() + "; try again");
      }
    };
  }

  private static Refusal unknown(String name, String field) {
    return Refusal.invalid(
        RefusalReason.CALENDAR_UNKNOWN,
        field,
        "calendar \"calendars/" + name + "\" does not exist");
  }

  private static StoredCalendar read(ResultSet row) throws SQLException {
    String name = row.getString("name");
    String content = row.getString("content");
    Parsed known = PARSED.get(name);
    if (known == null || !known.content().equals(content)) {
      known = new Parsed(content, CalendarFile.read(content));
      PARSED.put(name, known);
    }
    return new StoredCalendar(known.calendar(), row.getInt("version"));
  }
}
