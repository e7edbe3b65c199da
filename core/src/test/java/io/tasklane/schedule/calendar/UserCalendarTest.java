package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void a_day_outside_its_range_is_an_error() {
    MarketCalendar calendar = CalendarFile.read(BASE);
    assertThatThrownBy(() -> calendar.sessionsOn(LocalDate.of(2027, 1, 1)))
        .isInstanceOf(CalendarRangeException.class);
    assertThatThrownBy(() -> calendar.closedReason(LocalDate.of(2025, 12, 31)))
        .isInstanceOf(CalendarRangeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "zone Europe/London, zone Europe London, line 3",
    "zone Europe/London, zone Europe/Londres, line 3",
    "name DESK, name FX DESK, calendar.name: 'FX DESK' is not allowed",
    "2026-01-01, 2026-1-1, line 4",
    "2026-12-31, 2026-12-31 or later, line 4",
    "version 1, version, line 2",
  })
  void a_head_that_is_wrong_is_refused_by_its_line(String good, String bad, String message) {
    assertThatThrownBy(() -> CalendarFile.read(BASE.replace(good, bad)))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_version_may_be_several_words_on_one_line() {
    MarketCalendar calendar = CalendarFile.read(BASE.replace("version 1", "version 1 draft"));
    assertThat(calendar.version()).isEqualTo("1 draft");
    assertThat(CalendarFile.read(CalendarFile.write(calendar))).isEqualTo(calendar);
    for (String version : List.of("", " ", " 1", "1\nzone UTC", "1\r2")) {
      assertThatThrownBy(() -> desk(version, Map.of()))
          .isInstanceOf(InvalidScheduleException.class)
          .hasMessageStartingWith("calendar.version: ");
    }
  }

  @Test
  void it_keeps_its_sessions_whatever_becomes_of_the_lists_it_was_made_of() {
    List<Hours> monday =
        new ArrayList<>(List.of(new Hours(LocalTime.of(8, 0), LocalTime.of(16, 0))));
    MarketCalendar calendar = desk("1", Map.of(DayOfWeek.MONDAY, monday));
    monday.clear();
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 7, 6))).hasSize(1);
  }

  private static MarketCalendar desk(String version, Map<DayOfWeek, List<Hours>> week) {
    return new MarketCalendar(
        "DESK",
        version,
        ZoneOffset.UTC,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 12, 31),
        week,
        Map.of(),
        Map.of(),
        Map.of());
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
          zone Europe/Londres | | line 6 is not understood: Unknown time-zone ID: Europe/Londres
          valid 2026-02-30 2026-12-31 | | line 6 is not understood: Text '2026-02-30'
          """)
  void a_slip_is_found_when_it_is_entered(String line, String second, String message) {
    assertThatThrownBy(() -> CalendarFile.read(BASE + line + "\n" + (second == null ? "" : second)))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageContaining(message);
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
