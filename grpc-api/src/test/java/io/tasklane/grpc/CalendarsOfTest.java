package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.stored.StoredCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A calendar service for tests, in memory, with the calendars of the server. */
public final class CalendarsOfTest extends CalendarService {
  public final Map<String, StoredCalendar> known = new TreeMap<>();

  CalendarsOfTest() {
    BuiltInCalendars.all().forEach(each -> known.put(each.name(), new StoredCalendar(each, 0)));
  }

  @Override
  public StoredCalendar get(String calendarId) {
    return Optional.ofNullable(known.get(calendarId))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.CALENDAR_NOT_FOUND, "calendars/" + calendarId, "does not exist"));
  }

  @Override
  public List<StoredCalendar> list(String afterCalendarId, int limit) {
    return known.values().stream()
        .filter(each -> each.calendar().name().compareTo(afterCalendarId) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public CompletionStage<Answer<StoredCalendar>> create(
      MarketCalendar calendar, Change<StoredCalendar> change) {
    return kept(new StoredCalendar(calendar, 1));
  }

  @Override
  public CompletionStage<Answer<StoredCalendar>> update(
      String calendarId,
      Optional<String> etag,
      UnaryOperator<MarketCalendar> edit,
      Change<StoredCalendar> change) {
    StoredCalendar present = get(calendarId);
    try {
      MarketCalendar wanted = edit.apply(present.calendar());
      return kept(new StoredCalendar(wanted, present.version() + 1));
    } catch (Refusal refused) { // as a command hands it over
      return CompletableFuture.failedStage(refused);
    }
  }

  @Override
  public CompletionStage<Answer<StoredCalendar>> delete(
      String calendarId, Optional<String> etag, Change<StoredCalendar> change) {
    return CompletableFuture.completedStage(new Answer.Fresh<>(known.remove(calendarId)));
  }

  private CompletionStage<Answer<StoredCalendar>> kept(StoredCalendar calendar) {
    known.put(calendar.calendar().name(), calendar);
    return CompletableFuture.completedStage(new Answer.Fresh<>(calendar));
  }
}
