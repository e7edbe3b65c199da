package io.tasklane.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The New York Stock Exchange, 2024 to 2030. */
class XnysTest {
  private final MarketCalendar calendar = BuiltInCalendars.xnys();

  /** Strata knows nothing of early closes and special sessions; those have lists of their own. */
  @Test
  void its_trading_days_are_those_of_strata() {
    HolidayCalendar strata = HolidayCalendarId.of("NYSE").resolve(ReferenceData.standard());
    List<LocalDate> days = calendar.validFrom().datesUntil(calendar.validTo().plusDays(1)).toList();
    assertThat(days).hasSize(2_557);
    assertThat(days)
        .filteredOn(day -> calendar.closedReason(day).isEmpty() != strata.isBusinessDay(day))
        .isEmpty();
  }

  @Test
  void a_closure_that_no_rule_gives_is_there() {
    assertThat(calendar.closedReason(LocalDate.of(2025, 1, 9)))
        .hasValue("XNYS is closed on 2025-01-09: day of mourning for President Carter");
  }

  @Test
  void its_early_closes_are_these_and_no_others() {
    List<String> early =
        calendar
            .validFrom()
            .datesUntil(calendar.validTo().plusDays(1))
            .flatMap(day -> calendar.sessionsOn(day).stream())
            .filter(Session::halfDay)
            .map(session -> session.close().toString())
            .toList();
    assertThat(early)
        .containsExactly(
            "2024-07-03T17:00:00Z",
            "2024-11-29T18:00:00Z",
            "2024-12-24T18:00:00Z",
            "2025-07-03T17:00:00Z",
            "2025-11-28T18:00:00Z",
            "2025-12-24T18:00:00Z",
            "2026-11-27T18:00:00Z",
            "2026-12-24T18:00:00Z",
            "2027-11-26T18:00:00Z",
            "2028-07-03T17:00:00Z",
            "2028-11-24T18:00:00Z",
            "2029-07-03T17:00:00Z",
            "2029-11-23T18:00:00Z",
            "2029-12-24T18:00:00Z",
            "2030-07-03T17:00:00Z",
            "2030-11-29T18:00:00Z",
            "2030-12-24T18:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-03", "2027-12-24", "2026-11-21", "2026-11-22", "2028-01-01"})
  void it_has_no_session_on(LocalDate day) {
    assertThat(calendar.sessionsOn(day)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-06, 2026-03-06T14:30:00Z, 2026-03-06T21:00:00Z",
    "2026-03-09, 2026-03-09T13:30:00Z, 2026-03-09T20:00:00Z",
    "2026-10-30, 2026-10-30T13:30:00Z, 2026-10-30T20:00:00Z",
    "2026-11-02, 2026-11-02T14:30:00Z, 2026-11-02T21:00:00Z",
    "2027-07-02, 2027-07-02T13:30:00Z, 2027-07-02T20:00:00Z",
    "2027-12-31, 2027-12-31T14:30:00Z, 2027-12-31T21:00:00Z"
  })
  void sessions_keep_new_york_time(LocalDate day, Instant open, Instant close) {
    assertThat(calendar.sessionsOn(day))
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.open()).isEqualTo(open);
              assertThat(session.close()).isEqualTo(close);
              assertThat(session.halfDay()).isFalse();
              assertThat(session.reason()).isEmpty();
            });
  }

  @Test
  void to_ask_beyond_its_range_is_an_error_that_names_the_range() {
    for (String day : List.of("2023-12-31", "2031-01-01")) {
      assertThatThrownBy(() -> calendar.sessionsOn(LocalDate.parse(day)))
          .isInstanceOf(CalendarRangeException.class)
          .hasMessage(
              "calendar XNYS does not know %s: it holds from 2024-01-01 to 2030-12-31, and has to be"
                  + " updated for more",
              day);
    }
  }
}
