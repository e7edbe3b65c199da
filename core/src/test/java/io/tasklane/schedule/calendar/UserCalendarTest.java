package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars that users enter. */
class UserCalendarTest {
  private static final String BASE =
      """
      name DESK
      version 1
      zone Europe/London
      valid 2026-01-01 2026-12-31
      week MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY 08:00-12:00,13:00-16:30
      """;

  @Test
  void a_day_may_have_several_sessions() {
    MarketCalendar calendar = CalendarFile.read(BASE);
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 7, 1)))
        .extracting(session -> session.open() + "/" + session.close())
        .containsExactly(
            "2026-07-01T07:00:00Z/2026-07-01T11:00:00Z",
            "2026-07-01T12:00:00Z/2026-07-01T15:30:00Z");
  }

  @Test
  void an_early_close_may_take_away_the_afternoon() {
    MarketCalendar calendar = CalendarFile.read(BASE + "early 2026-12-24 12:30 Christmas Eve\n");
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 12, 24)))
        .extracting(session -> session.open() + "/" + session.close() + "/" + session.halfDay())
        .containsExactly("2026-12-24T08:00:00Z/2026-12-24T12:00:00Z/true");
  }

  @Test
  void a_session_may_go_on_over_midnight() {
    MarketCalendar futures =
        CalendarFile.read(
            """
            name FUTURES
            version 1
            zone America/Chicago
            valid 2026-01-01 2026-12-31
            week SUNDAY,MONDAY,TUESDAY,WEDNESDAY,THURSDAY 17:00-16:00
            """);
    assertThat(futures.sessionsOn(LocalDate.of(2026, 11, 29)))
        .extracting(session -> session.open() + "/" + session.close())
        .containsExactly("2026-11-29T23:00:00Z/2026-11-30T22:00:00Z");
    assertThat(futures.sessionAt(at("2026-11-30T12:00:00Z"))).isPresent();
    assertThat(futures.sessionAt(at("2026-11-30T22:00:00Z"))).isEmpty();
    // Friday's trading opened on Thursday; on Saturday there is none.
    assertThat(futures.closedReason(LocalDate.of(2026, 12, 4))).isEmpty();
    assertThat(futures.closedReason(LocalDate.of(2026, 12, 5)))
        .hasValue("FUTURES has no session on Saturday 2026-12-05");
  }

  @Test
  void a_session_that_goes_on_over_midnight_may_close_before_it() {
    MarketCalendar futures =
        CalendarFile.read(
            """
            name FUTURES
            version 1
            zone America/Chicago
            valid 2026-01-01 2026-12-31
            week SUNDAY,MONDAY,TUESDAY,WEDNESDAY,THURSDAY 17:00-16:00
            early 2026-11-24 21:00 test
            special 2026-11-25 17:00-12:00 day before Thanksgiving
            """);
    assertThat(futures.sessionsOn(LocalDate.of(2026, 11, 24)))
        .extracting(session -> session.open() + "/" + session.close() + "/" + session.halfDay())
        .containsExactly("2026-11-24T23:00:00Z/2026-11-25T03:00:00Z/true");
    assertThat(futures.sessionsOn(LocalDate.of(2026, 11, 25)))
        .extracting(session -> session.open() + "/" + session.close() + "/" + session.halfDay())
        .containsExactly("2026-11-25T23:00:00Z/2026-11-26T18:00:00Z/true");
  }

  @Test
  void a_day_that_is_longer_than_usual_is_no_half_day() {
    MarketCalendar calendar = CalendarFile.read(BASE + "special 2026-06-30 07:00-19:00 roll\n");
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 6, 30))).noneMatch(Session::halfDay);
  }

  @Test
  void it_says_which_session_is_on_and_which_comes_next() {
    MarketCalendar calendar = CalendarFile.read(BASE);
    assertThat(calendar.sessionAt(at("2026-07-01T06:59:59Z"))).isEmpty();
    assertThat(calendar.sessionAt(at("2026-07-01T07:00:00Z"))).isPresent();
    assertThat(calendar.sessionAt(at("2026-07-01T11:00:00Z"))).isEmpty();
    assertThat(calendar.nextSession(at("2026-07-01T07:00:00Z")).open())
        .isEqualTo(at("2026-07-01T12:00:00Z"));
    assertThat(calendar.nextSession(at("2026-07-03T12:00:00Z")).open())
        .isEqualTo(at("2026-07-06T07:00:00Z"));
    assertThatThrownBy(() -> calendar.nextSession(at("2026-12-31T16:00:00Z")))
        .isInstanceOf(CalendarRangeException.class);
    assertThatThrownBy(() -> calendar.sessionAt(at("2027-01-01T16:00:00Z")))
        .isInstanceOf(CalendarRangeException.class);
  }

  @Test
  void a_calendar_that_is_written_and_read_is_the_same() {
    assertThat(BuiltInCalendars.all())
        .extracting(MarketCalendar::name)
        .containsExactly("XNSE", "XNYS");
    for (MarketCalendar calendar : BuiltInCalendars.all()) {
      assertThat(CalendarFile.read(CalendarFile.write(calendar))).isEqualTo(calendar);
    }
  }

  @Test
  void a_holiday_comes_before_the_week_and_a_special_day_before_the_holiday() {
    MarketCalendar calendar =
        CalendarFile.read(
            BASE
                + "holiday 2026-05-04 Early May bank holiday\n"
                + "holiday 2026-12-25 Christmas Day\n"
                + "special 2026-05-04 10:00-11:00 auction\n");
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 5, 4))).hasSize(1);
    assertThat(calendar.closedReason(LocalDate.of(2026, 12, 25)))
        .hasValue("DESK is closed on 2026-12-25: Christmas Day");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          early 2026-12-25 12:00 rule | holiday 2026-12-25 Christmas | has no regular session to \
          close early
          early 2026-12-27 12:00 rule | | has no regular session to close early
          early 2026-12-24 16:30 rule | | is not between open and close
          early 2026-12-24 08:00 rule | | is not between open and close
          holiday 2027-01-01 New Year | | outside the calendar's range
          early 2025-12-24 12:00 rule | | outside the calendar's range
          special 2027-01-02 10:00-11:00 test | | outside the calendar's range
          special 2026-01-03 10:00-12:00,11:00-13:00 test |            | overlap
          week SATURDAY 22:00-09:00     | week SUNDAY 08:00-10:00      | overlap
          week MONDAY 08:00-09:00       |                              | MONDAY is there twice
          holiday 2026-02-30 nothing    |                              | line 6 is not understood
          holidays 2026-02-20 typo | | 'holidays' is no fact of a calendar
          """)
  void a_slip_is_found_when_it_is_entered(String line, String second, String message) {
    assertThatThrownBy(() -> CalendarFile.read(BASE + line + "\n" + (second == null ? "" : second)))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageContaining(message);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void a_calendar_lists_what_it_needs() {
    assertThatThrownBy(() -> CalendarFile.read("name X\nversion 1\nzone UTC"))
        .hasMessage("calendar: from is missing");
    assertThatThrownBy(() -> CalendarFile.read(BASE.replace("2026-12-31", "2025-12-31")))
        .hasMessageContaining("calendar.valid_to: 2025-12-31 is not allowed");
    assertThatThrownBy(() -> CalendarFile.read(BASE.replace("DESK", "../DESK")))
        .hasMessageContaining("calendar.name");
  }
}
