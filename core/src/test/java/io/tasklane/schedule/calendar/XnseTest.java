package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The National Stock Exchange of India, 2024 to 2026. */
class XnseTest {
  private final MarketCalendar calendar = BuiltInCalendars.xnse();

  @Test
  void regular_sessions_are_a_quarter_past_nine_to_half_past_three() {
    assertThat(open("2026-11-30")).containsExactly("2026-11-30T03:45:00Z/2026-11-30T10:00:00Z");
  }

  @Test
  void sessions_on_weekends_are_these_and_no_others() {
    List<String> weekends =
        calendar
            .validFrom()
            .datesUntil(calendar.validTo().plusDays(1))
            .filter(day -> day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue())
            .flatMap(day -> open(day.toString()).stream())
            .toList();
    assertThat(weekends)
        .containsExactly(
            "2024-01-20T03:45:00Z/2024-01-20T10:00:00Z",
            "2024-03-02T03:45:00Z/2024-03-02T04:30:00Z",
            "2024-03-02T06:00:00Z/2024-03-02T07:00:00Z",
            "2024-05-18T03:45:00Z/2024-05-18T04:30:00Z",
            "2024-05-18T06:00:00Z/2024-05-18T07:00:00Z",
            "2025-02-01T03:45:00Z/2025-02-01T10:00:00Z",
            "2026-02-01T03:45:00Z/2026-02-01T10:00:00Z");
  }

  @Test
  void muhurat_trading_is_a_short_session_on_a_holiday() {
    assertThat(open("2024-11-01")).containsExactly("2024-11-01T12:30:00Z/2024-11-01T13:30:00Z");
    assertThat(open("2025-10-21")).containsExactly("2025-10-21T08:15:00Z/2025-10-21T09:15:00Z");
    assertThat(calendar.sessionsOn(LocalDate.of(2025, 10, 21)))
        .allMatch(Session::halfDay)
        .allMatch(session -> session.reason().orElseThrow().equals("Muhurat trading on Diwali"));
  }

  @Test
  void a_special_session_of_full_length_is_no_half_day() {
    assertThat(calendar.sessionsOn(LocalDate.of(2026, 2, 1))).noneMatch(Session::halfDay);
    assertThat(calendar.sessionsOn(LocalDate.of(2024, 5, 18)))
        .hasSize(2)
        .allMatch(Session::halfDay);
  }

  /** The exchange counts 17, 14 and 16; Diwali of 2024 and of 2025 has a session in the end. */
  @Test
  void each_year_has_as_many_closed_weekdays_as_the_exchange_announced() {
    assertThat(Map.of(2024, closed(2024), 2025, closed(2025), 2026, closed(2026)))
        .isEqualTo(Map.of(2024, 16L, 2025, 13L, 2026, 16L));
  }

  @Test
  void a_day_whose_hours_are_not_known_is_closed_and_says_so() {
    assertThat(calendar.closedReason(LocalDate.of(2026, 11, 8)))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("Muhurat trading are not entered"));
  }

  @Test
  void years_that_are_not_published_are_not_known() {
    assertThatThrownBy(() -> calendar.sessionsOn(LocalDate.of(2027, 1, 1)))
        .isInstanceOf(CalendarRangeException.class)
        .hasMessageContaining("2024-01-01 to 2026-12-31");
  }

  private List<String> open(String day) {
    return calendar.sessionsOn(LocalDate.parse(day)).stream()
        .map(session -> session.open() + "/" + session.close())
        .toList();
  }

  /** Weekdays without any session; Diwali with its evening session is not among them. */
  private long closed(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(day -> day.getDayOfWeek().getValue() < DayOfWeek.SATURDAY.getValue())
        .filter(day -> calendar.closedReason(day).isPresent())
        .count();
  }
}
