package io.tasklane.grpc.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.calendar.Session;
import io.tasklane.schedule.stored.StoredCalendar;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.CreateCalendarResponse;
import io.tasklane.v1.DeleteCalendarRequest;
import io.tasklane.v1.DeleteCalendarResponse;
import io.tasklane.v1.GetCalendarRequest;
import io.tasklane.v1.GetCalendarResponse;
import io.tasklane.v1.ListCalendarsRequest;
import io.tasklane.v1.ListCalendarsResponse;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.UpdateCalendarResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, finds, changes and deletes calendars. */
final class CalendarCalls {
  private static final int MOST_SESSIONS = 1_000;
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(
          List.of(
              "time_zone",
              "version",
              "valid_from",
              "valid_to",
              "weekly_hours",
              "holidays",
              "early_closes",
              "special_days"),
          false,
          Set.of());

  private final CalendarService calendars;

  CalendarCalls(CalendarService calendars) {
    this.calendars = calendars;
  }

  GetCalendarResponse get(GetCalendarRequest request) {
    StoredCalendar found = calendars.get(WireName.CALENDAR.id(request.getName(), "name"));
    Calendar.Builder wire = CalendarMapping.toWire(found).toBuilder();
    if (request.hasStartTime() && request.hasEndTime()) {
      Instant start = WireTime.of(request.getStartTime(), "start_time");
      Instant end = WireTime.of(request.getEndTime(), "end_time");
      sessions(found.calendar(), start, end).stream()
          .map(CalendarMapping::toWire)
          .forEach(wire::addSessions);
    }
    return GetCalendarResponse.newBuilder().setCalendar(wire).build();
  }

  private static List<Session> sessions(MarketCalendar calendar, Instant start, Instant end) {
    List<Session> found = new ArrayList<>();
    try {
      LocalDate day = calendar.dayOf(start);
      while (calendar.startOf(day).isBefore(end) && found.size() < MOST_SESSIONS) {
        calendar.sessionsOn(day).stream()
            .filter(each -> !each.open().isBefore(start) && each.open().isBefore(end))
            .limit(MOST_SESSIONS - found.size())
            .forEach(found::add);
        day = day.plusDays(1);
      }
    } catch (CalendarRangeException unknown) {
      throw Refusal.invalid(RefusalReason.CALENDAR_RANGE, "end_time", unknown.getMessage());
    }
    return found;
  }

  ListCalendarsResponse list(ListCalendarsRequest request) {
    PageToken token = new PageToken("calendars", "");
    int size = PageSize.of(request.getPageSize());
    List<StoredCalendar> found =
        calendars.list(token.position(request.getPageToken()).orElse(""), size);
    List<Calendar> page = PageLimit.fitting(found.stream().map(CalendarMapping::toWire).toList());
    ListCalendarsResponse.Builder response =
        ListCalendarsResponse.newBuilder().addAllCalendars(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(found.get(page.size() - 1).calendar().name()));
    }
    return response.build();
  }

  CompletionStage<CreateCalendarResponse> create(CreateCalendarRequest request) {
    String id = request.getCalendarId();
    String name = request.getCalendar().getName();
    if (!name.isEmpty() && !name.equals(WireName.CALENDAR.of(id))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "calendar.name",
          "\"" + name + "\" is not allowed: the name comes from calendar_id, \"" + id + "\"");
    }
    Replay<StoredCalendar, CreateCalendarResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            made ->
                CreateCalendarResponse.newBuilder()
                    .setCalendar(CalendarMapping.toWire(made))
                    .build(),
            CreateCalendarResponse.parser());
    return calendars
        .create(CalendarMapping.read(request.getCalendar(), id), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<UpdateCalendarResponse> update(UpdateCalendarRequest request) {
    Calendar wanted = request.getCalendar();
    UpdateMask<Calendar> mask = UpdateMask.namedOrSet(request.getUpdateMask(), wanted, FIELDS);
    String id = WireName.CALENDAR.id(wanted.getName(), "calendar.name");
    UnaryOperator<MarketCalendar> edit =
        present -> {
          Calendar.Builder shown = Calendar.newBuilder();
          CalendarMapping.add(present, shown);
          return Refused.instead(() -> CalendarMapping.read(mask.apply(shown.build(), wanted), id));
        };
    Replay<StoredCalendar, UpdateCalendarResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            changed ->
                UpdateCalendarResponse.newBuilder()
                    .setCalendar(CalendarMapping.toWire(changed))
                    .build(),
            UpdateCalendarResponse.parser());
    return calendars
        .update(id, WireEtag.read(wanted.getEtag(), "calendar.etag"), edit, replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DeleteCalendarResponse> delete(DeleteCalendarRequest request) {
    Replay<StoredCalendar, DeleteCalendarResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            gone -> DeleteCalendarResponse.getDefaultInstance(),
            DeleteCalendarResponse.parser());
    return calendars
        .delete(
            WireName.CALENDAR.id(request.getName(), "name"),
            WireEtag.read(request.getEtag(), "etag"),
            replay.change())
        .thenApply(replay::response);
  }
}
