package io.tasklane.cli;

import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.BackfillScheduleResponse;
import io.tasklane.v1.Calendar;
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
import io.tasklane.v1.PreviewedRun;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleRun;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.TriggerScheduleRequest;
import io.tasklane.v1.TriggerScheduleResponse;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.UpdateCalendarResponse;
import io.tasklane.v1.UpdateScheduleRequest;
import io.tasklane.v1.UpdateScheduleResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schedule service that remembers what it was asked. */
public final class FakeSchedules extends ScheduleServiceGrpc.ScheduleServiceImplBase {
  private static final ScheduleRun RUN =
      ScheduleRun.newBuilder()
          .setScheduledTime(Timestamps.fromSeconds(1_772_953_200))
          .setTarget("tasks/t0")
          .setOutcome(ScheduleRun.Outcome.OUTCOME_STARTED)
          .setCause(ScheduleRun.Cause.CAUSE_DUE)
          .build();
  private static final Schedule EOD =
      Schedule.newBuilder()
          .setName("schedules/eod")
          .setDescription("at 02:30 every day in America/New_York")
          .setDueCount(7)
          .setRunCount(4)
          .setMissedCount(3)
          .addRecentRuns(RUN)
          .build();
  private static final Calendar XNYS =
      Calendar.newBuilder().setName("calendars/XNYS").setTimeZone("America/New_York").build();

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void createSchedule(
      CreateScheduleRequest request, StreamObserver<CreateScheduleResponse> out) {
    Schedule made = EOD.toBuilder().mergeFrom(request.getSchedule()).build();
    answer(request, out, CreateScheduleResponse.newBuilder().setSchedule(made).build());
  }

  @Override
  public void getSchedule(GetScheduleRequest request, StreamObserver<GetScheduleResponse> out) {
    answer(request, out, GetScheduleResponse.newBuilder().setSchedule(EOD).build());
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> out) {
    answer(request, out, ListSchedulesResponse.newBuilder().addSchedules(EOD).build());
  }

  @Override
  public void updateSchedule(
      UpdateScheduleRequest request, StreamObserver<UpdateScheduleResponse> out) {
    answer(request, out, UpdateScheduleResponse.newBuilder().setSchedule(EOD).build());
  }

  @Override
  public void deleteSchedule(
      DeleteScheduleRequest request, StreamObserver<DeleteScheduleResponse> out) {
    answer(request, out, DeleteScheduleResponse.getDefaultInstance());
  }

  @Override
  public void enableSchedule(
      EnableScheduleRequest request, StreamObserver<EnableScheduleResponse> out) {
    answer(request, out, EnableScheduleResponse.newBuilder().setSchedule(EOD).build());
  }

  @Override
  public void disableSchedule(
      DisableScheduleRequest request, StreamObserver<DisableScheduleResponse> out) {
    answer(request, out, DisableScheduleResponse.newBuilder().setSchedule(EOD).build());
  }

  @Override
  public void triggerSchedule(
      TriggerScheduleRequest request, StreamObserver<TriggerScheduleResponse> out) {
    answer(request, out, TriggerScheduleResponse.newBuilder().setRun(RUN).build());
  }

  @Override
  public void backfillSchedule(
      BackfillScheduleRequest request, StreamObserver<BackfillScheduleResponse> out) {
    answer(request, out, BackfillScheduleResponse.newBuilder().addRuns(RUN).build());
  }

  @Override
  public void previewSchedule(
      PreviewScheduleRequest request, StreamObserver<PreviewScheduleResponse> out) {
    PreviewedRun closed =
        PreviewedRun.newBuilder()
            .setVerdict(PreviewedRun.Verdict.VERDICT_SKIPPED_CLOSED)
            .setExplanation("XNYS is closed")
            .build();
    answer(
        request,
        out,
        PreviewScheduleResponse.newBuilder().addRuns(closed).setEnding("it ends").build());
  }

  @Override
  public void listScheduleRuns(
      ListScheduleRunsRequest request, StreamObserver<ListScheduleRunsResponse> out) {
    answer(request, out, ListScheduleRunsResponse.newBuilder().addRuns(RUN).build());
  }

  @Override
  public void createCalendar(
      CreateCalendarRequest request, StreamObserver<CreateCalendarResponse> out) {
    answer(request, out, CreateCalendarResponse.newBuilder().setCalendar(XNYS).build());
  }

  @Override
  public void getCalendar(GetCalendarRequest request, StreamObserver<GetCalendarResponse> out) {
    answer(request, out, GetCalendarResponse.newBuilder().setCalendar(XNYS).build());
  }

  @Override
  public void listCalendars(
      ListCalendarsRequest request, StreamObserver<ListCalendarsResponse> out) {
    answer(request, out, ListCalendarsResponse.newBuilder().addCalendars(XNYS).build());
  }

  @Override
  public void updateCalendar(
      UpdateCalendarRequest request, StreamObserver<UpdateCalendarResponse> out) {
    answer(request, out, UpdateCalendarResponse.newBuilder().setCalendar(XNYS).build());
  }

  @Override
  public void deleteCalendar(
      DeleteCalendarRequest request, StreamObserver<DeleteCalendarResponse> out) {
    answer(request, out, DeleteCalendarResponse.getDefaultInstance());
  }
}
