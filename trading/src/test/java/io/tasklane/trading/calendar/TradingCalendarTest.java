package io.tasklane.trading.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  private final TradingCalendar calendar = TradingCalendar.nyse();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-03", // Good Friday
        "2026-07-03", // Independence Day, a Saturday, kept on Friday
        "2026-11-26", // Thanksgiving
        "2027-06-18", // Juneteenth, a Saturday, kept on Friday
        "2021-07-05", // Independence Day, a Sunday, kept on Monday
        "2023-01-02", // New Year's Day, a Sunday, kept on Monday
        "2021-12-24", // Christmas, a Saturday, kept on Friday
        "2026-01-19", // Martin Luther King
        "2026-02-16", // Washington
        "2026-05-25", // Memorial Day
        "2026-09-07", // Labor Day
        "2025-01-09", // mourning for President Carter
        "2026-11-21" // a Saturday
      })
  void the_exchange_is_closed_on(LocalDate day) {
    assertThat(calendar.isTradingDay(day)).isFalse();
    assertThatThrownBy(() -> calendar.open(day)).hasMessageContaining(day + " has no NYSE session");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27", // the day after Thanksgiving, half a day
        "2021-12-31", // New Year's Day is a Saturday and not moved
        "2021-06-18", // before Juneteenth was a holiday
        "2026-11-11", // Veterans Day
        "2026-10-12" // Columbus Day
      })
  void the_exchange_is_open_on(LocalDate day) {
    assertThat(calendar.isTradingDay(day)).isTrue();
  }

  @Test
  void every_day_since_2000_is_as_strata_has_it_but_for_one_it_leaves_out() {
    HolidayCalendar strata = HolidayCalendarId.of("NYSE").resolve(ReferenceData.standard());
    List<LocalDate> different =
        LocalDate.of(2000, 1, 1)
            .datesUntil(LocalDate.of(2040, 1, 1))
            .filter(day -> calendar.isTradingDay(day) != strata.isBusinessDay(day))
            .toList();
    // The first of the two days of hurricane Sandy.
    assertThat(different)
        .containsExactly(LocalDate.of(2012, 10, 29))
        .noneMatch(calendar::isTradingDay);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27, 2026-11-27T18:00:00Z", // after Thanksgiving, 13:00 in winter time
    "2026-12-24, 2026-12-24T18:00:00Z", // Christmas Eve
    "2025-07-03, 2025-07-03T17:00:00Z", // the eve of Independence Day, 13:00 in summer time
  })
  void the_session_ends_at_one_on(LocalDate day, Instant close) {
    assertThat(calendar.isEarlyClose(day)).isTrue();
    assertThat(calendar.close(day)).isEqualTo(close);
    assertThat(calendar.isOpen(close)).isFalse();
    assertThat(calendar.isOpen(close.minusSeconds(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-07-02", // Independence Day is kept on the 3rd, the 2nd is a whole day
        "2021-07-02", // kept on Monday the 5th
        "2026-07-03", // closed at all
        "2021-12-24", // closed at all
        "2026-12-31",
        "2026-11-25"
      })
  void the_session_does_not_end_early_on(LocalDate day) {
    assertThat(calendar.isEarlyClose(day)).isFalse();
  }

  @Test
  void sessions_keep_new_york_time_when_summer_begins_and_ends() {
    // 2026-03-08 clocks go forward, 2026-11-01 back.
    assertThat(calendar.open(LocalDate.of(2026, 3, 6))).isEqualTo("2026-03-06T14:30:00Z");
    assertThat(calendar.open(LocalDate.of(2026, 3, 9))).isEqualTo("2026-03-09T13:30:00Z");
    assertThat(calendar.close(LocalDate.of(2026, 10, 30))).isEqualTo("2026-10-30T20:00:00Z");
    assertThat(calendar.close(LocalDate.of(2026, 11, 2))).isEqualTo("2026-11-02T21:00:00Z");
  }

  @Test
  void neighbours_skip_weekends_and_holidays() {
    LocalDate wednesday = LocalDate.of(2026, 11, 25);
    LocalDate friday = LocalDate.of(2026, 11, 27);
    assertThat(calendar.after(wednesday)).isEqualTo(friday);
    assertThat(calendar.before(friday)).isEqualTo(wednesday);
    assertThat(calendar.onOrBefore(LocalDate.of(2026, 11, 29))).isEqualTo(friday);
    assertThat(calendar.tradingDaysBetween(wednesday, LocalDate.of(2026, 11, 30))).isEqualTo(2);
    assertThat(calendar.tradingDaysBetween(friday, wednesday)).isZero();
  }

  @Test
  void the_last_close_is_yesterdays_until_todays_session_ends() {
    assertThat(calendar.lastClosed(Instant.parse("2026-11-23T13:00:00Z")))
        .isEqualTo(LocalDate.of(2026, 11, 20))
        .satisfies(day -> assertThat(day.getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY));
    assertThat(calendar.lastClosed(Instant.parse("2026-11-23T21:00:00Z")))
        .isEqualTo(LocalDate.of(2026, 11, 23));
  }
}
