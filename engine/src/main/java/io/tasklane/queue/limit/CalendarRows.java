package io.tasklane.queue.limit;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.schedule.calendar.Trading;
import io.tasklane.schedule.stored.StoredCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Checks and writes the calendars that queues name. */
public final class CalendarRows {
  private static final String FIELD = "queue.calendar";

  /** Until the queue is written, nobody deletes the calendar. */
  private static final String KEEP = "SELECT FROM calendar WHERE name = :name FOR SHARE";

  private static final String WRITE =
      """
      INSERT INTO queue_calendar (queue, calendar, due)
      VALUES (:queue, :calendar, clock_timestamp())
      ON CONFLICT (queue) DO UPDATE SET calendar = EXCLUDED.calendar, open_from = NULL,
          open_until = NULL, due = EXCLUDED.due
        WHERE queue_calendar.calendar <> EXCLUDED.calendar""";
  private static final String FORGET = "DELETE FROM queue_calendar WHERE queue = :queue";

  private CalendarRows() {}

  /**
   * Checks that a calendar exists and knows the present; it is not deleted while the transaction
   * runs.
   *
   * @throws Refusal INVALID_ARGUMENT: CALENDAR_UNKNOWN, CALENDAR_RANGE
   */
  public static void require(Connection connection, String name) throws SQLException {
    NamedSql.on(connection, KEEP).set("name", name).lock();
    check(connection, name);
  }

  /** The same without a lock. */
  public static void check(Connection connection, String name) throws SQLException {
    Optional<StoredCalendar> found = new CalendarReader(connection).find(name);
    if (found.isEmpty()) {
      throw Refusal.invalid(
          RefusalReason.CALENDAR_UNKNOWN,
          FIELD,
          "calendar \"calendars/" + name + "\" does not exist");
    }
    Instant now =
        NamedSql.on(connection, "SELECT clock_timestamp() AS now")
            .one(row -> Rows.instant(row, "now").orElseThrow());
    if (Trading.at(found.get().calendar(), now) instanceof Trading.Unknown unknown) {
      throw Refusal.invalid(RefusalReason.CALENDAR_RANGE, FIELD, unknown.problem());
    }
  }

  /** Writes the calendar of this queue; empty for none. */
  static void write(Connection connection, QueueKey queue, Optional<String> calendar)
      throws SQLException {
    if (calendar.isPresent()) {
      NamedSql.on(connection, WRITE).set("queue", queue).set("calendar", calendar.get()).update();
    } else {
      NamedSql.on(connection, FORGET).set("queue", queue).update();
    }
  }
}
