package io.tasklane.schedule.calendar;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.feature.EngineContext;
import io.tasklane.schedule.stored.StoredCalendar;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, finds, changes and deletes calendars. */
public class CalendarService {
  private final EngineContext engine;
  private final ChangeCalendars changes;

  /** For subclasses, such as test doubles of the edges. */
  protected CalendarService() {
    this.engine = null;
    this.changes = null;
  }

  /** The calendars of this engine. */
  public CalendarService(EngineContext engine) {
    this.engine = engine;
    this.changes = new ChangeCalendars(engine.signals());
  }

  /**
   * The calendar of that name.
   *
   * @throws Refusal NOT_FOUND: CALENDAR_NOT_FOUND
   */
  public StoredCalendar get(String calendarId) {
    return engine.database().with(c -> new CalendarReader(c).require(calendarId));
  }

  /** Calendars in the order of their names, after this one, at most so many. */
  public List<StoredCalendar> list(String afterCalendarId, int limit) {
    return engine.database().with(c -> new CalendarReader(c).list(afterCalendarId, limit));
  }

  /**
   * Creates a calendar.
   *
   * @throws Refusal (in the stage) ALREADY_EXISTS: CALENDAR_EXISTS
   */
  public CompletionStage<Answer<StoredCalendar>> create(
      MarketCalendar calendar, Change<StoredCalendar> change) {
    return submit(new ChangeCalendars.Create(calendar, change.caller().principal()), change);
  }

  /**
   * Changes a calendar.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from the present calendar to the new one, under the same name; called within the
   *     change, once or several times
   * @throws Refusal (in the stage) NOT_FOUND: CALENDAR_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<StoredCalendar>> update(
      String calendarId,
      Optional<String> etag,
      UnaryOperator<MarketCalendar> edit,
      Change<StoredCalendar> change) {
    String principal = change.caller().principal();
    return submit(new ChangeCalendars.Update(calendarId, etag, edit, principal), change);
  }

  /**
   * Deletes a calendar that no schedule uses.
   *
   * @param etag of the version that may be deleted, empty for any
   * @return the calendar as it was
   * @throws Refusal (in the stage) NOT_FOUND: CALENDAR_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: CALENDAR_IN_USE, CALENDAR_BUILT_IN
   */
  public CompletionStage<Answer<StoredCalendar>> delete(
      String calendarId, Optional<String> etag, Change<StoredCalendar> change) {
    String principal = change.caller().principal();
    return submit(new ChangeCalendars.Delete(calendarId, etag, principal), change);
  }

  private CompletionStage<Answer<StoredCalendar>> submit(
      ChangeCalendars.Request request, Change<StoredCalendar> change) {
    return engine.committer().submit(changes, request, change);
  }
}
