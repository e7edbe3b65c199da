package io.tasklane.schedule.calendar;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.event.EventKind;
import io.tasklane.schedule.stored.StoredCalendar;
import io.tasklane.signal.ReadySignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes calendars. Schedules and queues that go by a changed one are looked
 * at anew.
 *
 * @param signals sent for when to look at them
 */
record ChangeCalendars(ReadySignals signals)
    implements SingleCommand<ChangeCalendars.Request, StoredCalendar> {
  /** A request to change a calendar. */
  sealed interface Request {
    /** Name of the calendar. */
    String calendarId();

    /** Who asks. */
    String principal();
  }

  /** Creates a calendar. */
  record Create(MarketCalendar calendar, String principal) implements Request {
    @Override
    public String calendarId() {
      return calendar.name();
    }
  }

  /**
   * Changes a calendar.
   *
   * @param etag of the version the change is based on, empty for any
   * @param edit from the present calendar to the wanted one
   */
  record Update(
      String calendarId,
      Optional<String> etag,
      UnaryOperator<MarketCalendar> edit,
      String principal)
      implements Request {}

  /**
   * Deletes a calendar.
   *
   * @param etag of the version that may be deleted, empty for any
   */
  record Delete(String calendarId, Optional<String> etag, String principal) implements Request {}

  /** Waits for whoever holds the calendar for a schedule that is about to use it. */
  private static final String LOCK = "SELECT FROM calendar WHERE name = :name FOR UPDATE";

  private static final String INSERT =
      """
      INSERT INTO calendar (name, content, version) VALUES (:name, :content, 1)
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      "UPDATE calendar SET content = :content, version = version + 1 WHERE name = :name";
  private static final String DELETE = "DELETE FROM calendar WHERE name = :name";
  private static final String USED =
      """
      (SELECT 'schedules/' || name FROM schedule WHERE calendar = :name ORDER BY name LIMIT 1)
      UNION ALL
      (SELECT 'queues/' || q.name FROM queue_calendar c JOIN queue q ON q.id = c.queue
        WHERE c.calendar = :name AND q.delete_time IS NULL ORDER BY q.name LIMIT 1)
      LIMIT 1""";
  private static final String LOOK_ANEW =
      """
      INSERT INTO schedule_due (due, schedule)
      SELECT clock_timestamp(), id FROM schedule WHERE calendar = :name
      ON CONFLICT DO NOTHING""";
  private static final String OPEN_ANEW =
      """
      UPDATE queue_calendar SET open_from = NULL, open_until = NULL, due = clock_timestamp()
      WHERE calendar = :name""";
  private static final String LOG =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, actor, data)
      VALUES (pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), :kind,
          'calendars/' || :name::text, :actor,
          jsonb_build_object('change', :change::text)::text)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_CALENDARS;
  }

  @Override
  public Outcome<StoredCalendar> executeOne(Batch batch, Request request) throws SQLException {
    if (request instanceof Create create) {
      return Outcome.done(create(batch, create));
    }
    return Outcome.done(
        request instanceof Update update ? update(batch, update) : delete(batch, (Delete) request));
  }

  private static StoredCalendar create(Batch batch, Create request) throws SQLException {
    Connection connection = batch.connection();
    boolean taken = BuiltInCalendars.find(request.calendarId()).isPresent();
    if (taken || write(connection, INSERT, request.calendar()) == 0) {
      throw Refusal.about(
          Refusal.Sort.ALREADY_EXISTS,
          RefusalReason.CALENDAR_EXISTS,
          "calendars/" + request.calendarId(),
          "exists already; update it, or choose another calendar_id");
    }
    log(connection, request, "CREATED");
    return new CalendarReader(connection).require(request.calendarId());
  }

  private StoredCalendar update(Batch batch, Update request) throws SQLException {
    Connection connection = batch.connection();
    StoredCalendar present = locked(connection, request.calendarId(), request.etag());
    MarketCalendar wanted = request.edit().apply(present.calendar());
    if (!wanted.equals(present.calendar())) {
      write(connection, present.isBuiltIn() ? INSERT : UPDATE, wanted);
      log(connection, request, "UPDATED");
      lookAnew(batch, request.calendarId());
    }
    return new CalendarReader(connection).require(request.calendarId());
  }

  private StoredCalendar delete(Batch batch, Delete request) throws SQLException {
    Connection connection = batch.connection();
    StoredCalendar present = locked(connection, request.calendarId(), request.etag());
    if (present.isBuiltIn()) {
      throw Refusal.precondition(
          RefusalReason.CALENDAR_BUILT_IN, present.name(), "comes with the server: it stays");
    }
    Optional<String> user =
        BuiltInCalendars.find(request.calendarId()).isPresent()
            ? Optional.empty()
            : on(connection, USED, request.calendarId()).first(row -> row.getString(1));
    if (user.isPresent()) {
      throw Refusal.precondition(
          RefusalReason.CALENDAR_IN_USE,
          present.name(),
          "is used by " + user.get() + "; give that another calendar, or delete it");
    }
    on(connection, DELETE, request.calendarId()).update();
    log(connection, request, "DELETED");
    lookAnew(batch, request.calendarId());
    return present;
  }

  private static StoredCalendar locked(Connection connection, String name, Optional<String> etag)
      throws SQLException {
    on(connection, LOCK, name).lock();
    StoredCalendar present = new CalendarReader(connection).require(name);
    Etag.check(present.name(), present.etag(), etag);
    return present;
  }

  private void lookAnew(Batch batch, String name) throws SQLException {
    int schedules = on(batch.connection(), LOOK_ANEW, name).update();
    if (schedules + on(batch.connection(), OPEN_ANEW, name).update() > 0) {
      batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    }
  }

  private static int write(Connection connection, String sql, MarketCalendar calendar)
      throws SQLException {
    return on(connection, sql, calendar.name())
        .set("content", CalendarFile.write(calendar))
        .update();
  }

  private static void log(Connection connection, Request request, String change)
      throws SQLException {
    on(connection, LOG, request.calendarId())
        .set("kind", EventKind.CALENDAR_CHANGED.code())
        .set("actor", request.principal())
        .set("change", change)
        .update();
  }

  private static Parameters on(Connection connection, String sql, String name) throws SQLException {
    return NamedSql.on(connection, sql).set("name", name);
  }
}
