package io.tasklane.grpc.schedule;

import io.grpc.stub.StreamObserver;
import io.tasklane.filter.ScheduleFilter;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.calendar.CalendarService;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.BackfillScheduleResponse;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.CreateCalendarResponse;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CreateScheduleResponse;
import io.tasklane.v1.DeleteCalendarRequest;
import io.tasklane.v1.DeleteCalendarResponse;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DeleteScheduleResponse;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.DisableScheduleResponse;
import io.tasklane.v1.EnableScheduleRequest;
import io.tasklane.v1.EnableScheduleResponse;
import io.tasklane.v1.GetCalendarRequest;
import io.tasklane.v1.GetCalendarResponse;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.GetScheduleResponse;
import io.tasklane.v1.ListCalendarsRequest;
import io.tasklane.v1.ListCalendarsResponse;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.ListScheduleRunsResponse;
import io.tasklane.v1.ListSchedulesRequest;
import io.tasklane.v1.ListSchedulesResponse;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.PreviewScheduleResponse;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.TriggerScheduleRequest;
import io.tasklane.v1.TriggerScheduleResponse;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.UpdateCalendarResponse;
import io.tasklane.v1.UpdateScheduleRequest;
import io.tasklane.v1.UpdateScheduleResponse;
import java.util.List;

/** Serves ScheduleService. */
public final class ScheduleServiceEndpoint extends ScheduleServiceGrpc.ScheduleServiceImplBase {
  private final Calls calls;
  private final ScheduleService schedules;
  private final ScheduleChanges changes;
  private final ScheduleRuns runs;
  private final CalendarCalls calendars;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param schedules reads, changes and runs schedules
   * @param calendars reads and changes calendars
   */
  public ScheduleServiceEndpoint(
      Calls calls, ScheduleService schedules, CalendarService calendars) {
    this.calls = calls;
    this.schedules = schedules;
    this.changes = new ScheduleChanges(schedules);
    this.runs = new ScheduleRuns(schedules);
    this.calendars = new CalendarCalls(calendars);
  }

  @Override
  public void createSchedule(
      CreateScheduleRequest request, StreamObserver<CreateScheduleResponse> out) {
    calls.answerLater(request, out, changes::create);
  }

  @Override
  public void getSchedule(GetScheduleRequest request, StreamObserver<GetScheduleResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void updateSchedule(
      UpdateScheduleRequest request, StreamObserver<UpdateScheduleResponse> out) {
    calls.answerLater(request, out, changes::update);
  }

  @Override
  public void deleteSchedule(
      DeleteScheduleRequest request, StreamObserver<DeleteScheduleResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  @Override
  public void enableSchedule(
      EnableScheduleRequest request, StreamObserver<EnableScheduleResponse> out) {
    calls.answerLater(request, out, changes::enable);
  }

  @Override
  public void disableSchedule(
      DisableScheduleRequest request, StreamObserver<DisableScheduleResponse> out) {
    calls.answerLater(request, out, changes::disable);
  }

  @Override
  public void triggerSchedule(
      TriggerScheduleRequest request, StreamObserver<TriggerScheduleResponse> out) {
    calls.answerLater(request, out, runs::trigger);
  }

  @Override
  public void backfillSchedule(
      BackfillScheduleRequest request, StreamObserver<BackfillScheduleResponse> out) {
    calls.answerLater(request, out, runs::backfill);
  }

  @Override
  public void previewSchedule(
      PreviewScheduleRequest request, StreamObserver<PreviewScheduleResponse> out) {
    calls.answer(request, out, runs::preview);
  }

  @Override
  public void listScheduleRuns(
      ListScheduleRunsRequest request, StreamObserver<ListScheduleRunsResponse> out) {
    calls.answer(request, out, runs::list);
  }

  @Override
  public void createCalendar(
      CreateCalendarRequest request, StreamObserver<CreateCalendarResponse> out) {
    calls.answerLater(request, out, calendars::create);
  }

  @Override
  public void getCalendar(GetCalendarRequest request, StreamObserver<GetCalendarResponse> out) {
    calls.answer(request, out, calendars::get);
  }

  @Override
  public void listCalendars(
      ListCalendarsRequest request, StreamObserver<ListCalendarsResponse> out) {
    calls.answer(request, out, calendars::list);
  }

  @Override
  public void updateCalendar(
      UpdateCalendarRequest request, StreamObserver<UpdateCalendarResponse> out) {
    calls.answerLater(request, out, calendars::update);
  }

  @Override
  public void deleteCalendar(
      DeleteCalendarRequest request, StreamObserver<DeleteCalendarResponse> out) {
    calls.answerLater(request, out, calendars::delete);
  }

  private GetScheduleResponse get(GetScheduleRequest request) {
    Schedule schedule = schedules.get(WireName.SCHEDULE.id(request.getName(), "name"));
    return GetScheduleResponse.newBuilder().setSchedule(ScheduleMapping.toWire(schedule)).build();
  }

  private ListSchedulesResponse list(ListSchedulesRequest request) {
    PageToken token = new PageToken("schedules", request.getFilter());
    String after = token.position(request.getPageToken()).orElse("");
    ScheduleFilter filter = ListFilter.read(request.getFilter(), ScheduleFilter::parse);
    int size = PageSize.of(request.getPageSize());
    List<Schedule> found = schedules.list(filter, after, size);
    List<io.tasklane.v1.Schedule> page =
        PageLimit.fitting(found.stream().map(ScheduleMapping::toWire).toList());
    ListSchedulesResponse.Builder response =
        ListSchedulesResponse.newBuilder().addAllSchedules(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(found.get(page.size() - 1).scheduleId()));
    }
    return response.build();
  }
}
