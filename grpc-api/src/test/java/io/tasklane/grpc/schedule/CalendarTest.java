package io.tasklane.grpc.schedule;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.util.Timestamps;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Calendar;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.DeleteCalendarRequest;
import io.tasklane.v1.GetCalendarRequest;
import io.tasklane.v1.Holiday;
import io.tasklane.v1.ListCalendarsRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.Session;
import io.tasklane.v1.TradingHours;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.WeeklyHours;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calendars over the wire. */
@Timeout(60)
class CalendarTest {
  private ApiOfTest api;
  private ScheduleServiceGrpc.ScheduleServiceBlockingStub calendars;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    calendars =
        ScheduleServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(50, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Calendar.Builder office() {
    return Calendar.newBuilder()
        .setTimeZone("Europe/Zurich")
        .setVersion("1")
        .setValidFrom("2026-01-01")
        .setValidTo("2026-12-31")
        .addWeeklyHours(
            WeeklyHours.newBuilder()
                .addAllDays(List.of("MONDAY", "TUESDAY", "FRIDAY"))
                .addHours(TradingHours.newBuilder().setOpen("08:00").setClose("17:30")))
        .addHolidays(Holiday.newBuilder().setDate("2026-12-25").setReason("Christmas"));
  }

  private Calendar create(Calendar.Builder calendar) {
    return calendars
        .createCalendar(
            CreateCalendarRequest.newBuilder()
                .setCalendarId("OFFICE")
                .setCalendar(calendar)
                .build())
        .getCalendar();
  }

  @Test
  void a_calendar_comes_back_as_it_was_asked_for() {
    Calendar made = create(office());
    assertThat(made).isEqualTo(office().setName("calendars/OFFICE").setEtag("\"1\"").build());
  }

  @Test
  void sessions_on_a_weekend_and_early_closes_are_shown() throws ParseException {
    assertThat(sessions("calendars/XNSE", "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z"))
        .extracting(s -> Timestamps.toString(s.getOpenTime()))
        .containsExactly("2026-02-01T03:45:00Z");
    assertThat(sessions("calendars/XNYS", "2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z"))
        .singleElement()
        .satisfies(s -> assertThat(s.getHalfDay()).isTrue())
        .satisfies(
            s ->
                assertThat(Timestamps.toString(s.getCloseTime()))
                    .isEqualTo("2026-11-27T18:00:00Z"));
    assertThat(
            codeAndReason(
                catchThrowable(
                    () ->
                        sessions(
                            "calendars/XNYS", "2039-01-01T00:00:00Z", "2039-02-01T00:00:00Z"))))
        .isEqualTo("INVALID_ARGUMENT CALENDAR_RANGE");
  }

  private List<Session> sessions(String name, String start, String end) throws ParseException {
    return calendars
        .getCalendar(
            GetCalendarRequest.newBuilder()
                .setName(name)
                .setStartTime(Timestamps.parse(start))
                .setEndTime(Timestamps.parse(end))
                .build())
        .getCalendar()
        .getSessionsList();
  }

  @Test
  void a_list_is_replaced_as_a_whole_and_what_contradicts_is_named() {
    create(office());
    Calendar changed =
        update(office().clearHolidays().addHolidays(holiday("2026-05-01", "Labour Day")));
    assertThat(changed.getHolidaysList())
        .extracting(Holiday::getDate)
        .containsExactly("2026-05-01");
    assertThat(changed.getEtag()).isEqualTo("\"2\"");
    for (Calendar.Builder wrong :
        List.of(
            office().addHolidays(holiday("2031-05-01", "later")),
            office().addHolidays(holiday("2026-02-30", "never")),
            office().addHolidays(holiday("2026-12-25", "twice")))) {
      Throwable refused = catchThrowable(() -> update(wrong));
      assertThat(
              ApiOfTest.detail(refused, BadRequest.class)
                  .map(bad -> bad.getFieldViolations(0).getField()))
          .contains("calendar.holidays");
    }
  }

  private static Holiday holiday(String date, String reason) {
    return Holiday.newBuilder().setDate(date).setReason(reason).build();
  }

  private Calendar update(Calendar.Builder calendar) {
    return calendars
        .updateCalendar(
            UpdateCalendarRequest.newBuilder()
                .setCalendar(calendar.setName("calendars/OFFICE"))
                .build())
        .getCalendar();
  }

  @Test
  void calendars_are_listed_and_deleted() {
    create(office());
    assertThat(
            calendars.listCalendars(ListCalendarsRequest.getDefaultInstance()).getCalendarsList())
        .extracting(Calendar::getName)
        .containsExactly("calendars/OFFICE", "calendars/XNSE", "calendars/XNYS");
    calendars.deleteCalendar(
        DeleteCalendarRequest.newBuilder().setName("calendars/OFFICE").build());
    assertThat(api.calendars.known).doesNotContainKey("OFFICE");
  }
}
