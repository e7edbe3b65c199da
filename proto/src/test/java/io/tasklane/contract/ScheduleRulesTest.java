package io.tasklane.contract;

import static io.tasklane.contract.RulesOfTheContractTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CronTrigger;
import io.tasklane.v1.EarlyClose;
import io.tasklane.v1.Holiday;
import io.tasklane.v1.IntervalTrigger;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleServiceOuterClass;
import io.tasklane.v1.SessionTrigger;
import io.tasklane.v1.Task;
import io.tasklane.v1.TradingHours;
import io.tasklane.v1.TriggerScheduleRequest;
import io.tasklane.v1.WeeklyHours;
import org.junit.jupiter.api.Test;

/** The rules beside the fields of schedules and calendars. */
class ScheduleRulesTest {
  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Task.Builder task() {
    return Task.newBuilder().setQueue("queues/NEWS").setTaskType("news_monitoring");
  }

  private static Schedule.Builder schedule() {
    return Schedule.newBuilder()
        .setCron(CronTrigger.newBuilder().setExpression("30 2 * * *"))
        .setTask(task());
  }

  private static CreateScheduleRequest create(Schedule.Builder schedule) {
    return CreateScheduleRequest.newBuilder().setScheduleId("eod").setSchedule(schedule).build();
  }

  @Test
  void every_rule_compiles() {
    assertThatCode(
            () ->
                ValidatorFactory.newBuilder()
                    .buildWithDescriptors(
                        ScheduleServiceOuterClass.getDescriptor().getMessageTypes(), true))
        .doesNotThrowAnyException();
  }

  @Test
  void a_sensible_schedule_is_accepted() throws ValidationException {
    assertThat(refused(create(schedule().setJitter(seconds(0)).setCatchupWindow(seconds(10)))))
        .isEmpty();
  }

  @Test
  void a_task_may_not_say_when_it_starts_or_who_it_is() throws ValidationException {
    Timestamp later = Timestamp.newBuilder().setSeconds(4_000_000_000L).build();
    for (Task.Builder wrong :
        new Task.Builder[] {
          task().setName("tasks/a"),
          task().setRunAfterTime(later),
          task().setExpireTime(later),
          task().setDeduplicationKey("k"),
          task().addDependencies(io.tasklane.v1.Dependency.newBuilder().setTask("tasks/a"))
        }) {
      assertThat(refused(create(schedule().setTask(wrong))))
          .containsExactly("schedule.task: INVALID_FIELD");
    }
  }

  @Test
  void windows_intervals_and_offsets_have_bounds() throws ValidationException {
    assertThat(refused(create(schedule().setCatchupWindow(seconds(9)))))
        .containsExactly("schedule.catchup_window: duration.gte_lte");
    assertThat(refused(create(schedule().setJitter(seconds(86_401)))))
        .containsExactly("schedule.jitter: duration.gte_lte");
    IntervalTrigger.Builder short_ =
        IntervalTrigger.newBuilder().setInterval(seconds(0)).setPhase(seconds(-1));
    assertThat(refused(create(schedule().setInterval(short_))))
        .containsExactlyInAnyOrder(
            "schedule.interval.interval: duration.gte_lte",
            "schedule.interval.phase: duration.gte");
    SessionTrigger.Builder session =
        SessionTrigger.newBuilder().setCalendar("XNYS").setOffset(seconds(86_400));
    assertThat(refused(create(schedule().setSession(session))))
        .containsExactlyInAnyOrder(
            "schedule.session.calendar: string.pattern",
            "schedule.session.anchor: enum.not_in",
            "schedule.session.offset: duration.gt_lt");
  }

  @Test
  void a_calendar_has_dates_times_and_weekdays() throws ValidationException {
    TradingHours.Builder hours = TradingHours.newBuilder().setOpen("9:30").setClose("24:00");
    Calendar.Builder calendar =
        Calendar.newBuilder()
            .setValidFrom("2026")
            .addWeeklyHours(WeeklyHours.newBuilder().addDays("Monday").addHours(hours))
            .addHolidays(Holiday.newBuilder().setDate("25.12.2026").setReason("x\ny"))
            .addEarlyCloses(EarlyClose.newBuilder().setDate("2026-11-27").setClose("1 pm"));
    assertThat(
            refused(
                CreateCalendarRequest.newBuilder()
                    .setCalendarId("MY-DAYS")
                    .setCalendar(calendar)
                    .build()))
        .containsExactlyInAnyOrder(
            "calendar.valid_from: string.pattern",
            "calendar.weekly_hours[0].days[0]: string.in",
            "calendar.weekly_hours[0].hours[0].open: string.pattern",
            "calendar.weekly_hours[0].hours[0].close: string.pattern",
            "calendar.holidays[0].date: string.pattern",
            "calendar.holidays[0].reason: string.pattern",
            "calendar.early_closes[0].close: string.pattern",
            "calendar.early_closes[0].reason: string.min_len");
  }

  @Test
  void a_trigger_cannot_wait_and_a_preview_needs_a_subject() throws ValidationException {
    assertThat(
            refused(
                TriggerScheduleRequest.newBuilder()
                    .setName("schedules/eod")
                    .setOverlapPolicy(Schedule.OverlapPolicy.OVERLAP_POLICY_BUFFER_ONE)
                    .build()))
        .containsExactly("overlap_policy: enum.not_in");
    assertThat(refused(PreviewScheduleRequest.getDefaultInstance()))
        .containsExactly("subject: required");
  }
}
