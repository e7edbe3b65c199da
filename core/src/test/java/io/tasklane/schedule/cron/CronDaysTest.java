package io.tasklane.schedule.cron;

import static io.tasklane.schedule.cron.CronRuns.first;
import static io.tasklane.schedule.cron.CronRuns.once;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which days an expression means. */
class CronDaysTest {
  private static final String NEW_YEAR = "2025-12-31T23:59:59Z";
  private static final String END_OF_YEAR = "2026-12-31T23:59:59Z";

  @Test
  void the_13th_or_a_friday_is_61_days_of_2026() {
    List<String> days = once("0 0 13 * 5", "UTC", NEW_YEAR, END_OF_YEAR);
    assertThat(days)
        .hasSize(61)
        .startsWith("2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z", "2026-01-13T00:00:00Z");
  }

  /**
   * Every pair of forms, counted over 2026 with Python's datetime: both fields have to fit if one
   * begins with a star or is a question mark, either does otherwise.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *      | *     | 365
          ?      | ?     | 365
          *      | 5     | 52
          ?      | 5     | 52
          13     | *     | 12
          13     | ?     | 12
          13     | 5     | 61
          */13   | 5     | 5
          13     | */5   | 5
          */2    | */2   | 108
          13,14  | 5     | 72
          13-19  | 5     | 124
          1-31   | 5     | 365
          13     | 0-6   | 365
          13     | */1   | 12
          1-31   | *     | 365
          1-31/2 | 5     | 212
          13     | 1-5   | 264
          13     | SAT,7 | 113
          """)
  void the_two_fields_of_days_go_together_as_in_debian(String month, String week, int days) {
    assertThat(once("0 0 " + month + " * " + week, "UTC", NEW_YEAR, END_OF_YEAR)).hasSize(days);
  }

  @Test
  void the_first_sunday_of_each_month_can_be_written() {
    assertThat(once("0 0 1-7 * */7", "UTC", NEW_YEAR, "2026-04-30T00:00:00Z"))
        .containsExactly(
            "2026-01-04T00:00:00Z",
            "2026-02-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
            "2026-04-05T00:00:00Z");
  }

  @Test
  void the_31st_comes_in_seven_months() {
    assertThat(once("0 0 31 * *", "UTC", NEW_YEAR, END_OF_YEAR))
        .containsExactly(
            "2026-01-31T00:00:00Z",
            "2026-03-31T00:00:00Z",
            "2026-05-31T00:00:00Z",
            "2026-07-31T00:00:00Z",
            "2026-08-31T00:00:00Z",
            "2026-10-31T00:00:00Z",
            "2026-12-31T00:00:00Z");
  }

  @Test
  void february_29_comes_in_leap_years() {
    assertThat(first("0 9 29 2 *", "UTC", "2026-01-01T00:00:00Z", 3))
        .containsExactly("2028-02-29T09:00:00Z", "2032-02-29T09:00:00Z", "2036-02-29T09:00:00Z");
    assertThat(first("0 9 29 2 *", "UTC", "2096-03-01T00:00:00Z", 1))
        .containsExactly("2104-02-29T09:00:00Z");
    // A Sunday as well, since the field of weekdays begins with a star: 40 years across 2100.
    assertThat(first("0 9 29 2 */7", "America/New_York", "2088-03-01T00:00:00Z", 1))
        .containsExactly("2128-02-29T14:00:00Z");
  }

  @Test
  void ranges_of_weekdays_may_go_past_the_end_of_the_week() {
    assertThat(first("0 8 * * MON-SUN", "UTC", "2026-12-01T12:00:00Z", 3))
        .containsExactly("2026-12-02T08:00:00Z", "2026-12-03T08:00:00Z", "2026-12-04T08:00:00Z");
    assertThat(first("0 8 * * FRI-MON", "UTC", "2026-12-01T12:00:00Z", 6))
        .containsExactly(
            "2026-12-04T08:00:00Z",
            "2026-12-05T08:00:00Z",
            "2026-12-06T08:00:00Z",
            "2026-12-07T08:00:00Z",
            "2026-12-11T08:00:00Z",
            "2026-12-12T08:00:00Z");
    assertThat(first("0 8 * * 5-1", "UTC", "2026-12-01T12:00:00Z", 6))
        .isEqualTo(first("0 8 * * fri-mon", "UTC", "2026-12-01T12:00:00Z", 6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sat-Sun   | 6,0
          6-7       | 6,0
          0,6       | 6,0
          7,SAT     | 6,0
          0-7       | 0,1,2,3,4,5,6
          1-7       | 0,1,2,3,4,5,6
          SUN-SAT   | 0,1,2,3,4,5,6
          7-2       | 0,1,2
          SUN-tue   | 0,1,2
          7-7       | 0
          SUN-SUN   | 0
          mon-fri/2 | 1,3,5
          2/2       | 2,4,6
          0-7/3     | 0,3,6
          """)
  void these_are_the_same_days_of_the_week(String written, String days) {
    assertThat(once("0 8 * * " + written, "UTC", "2026-12-01T00:00:00Z", "2027-01-31T00:00:00Z"))
        .isEqualTo(once("0 8 * * " + days, "UTC", "2026-12-01T00:00:00Z", "2027-01-31T00:00:00Z"))
        .doesNotHaveDuplicates();
  }

  @Test
  void every_day_of_the_week_counted_twice_runs_once() {
    assertThat(once("0 8 * * 0-7", "UTC", "2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z"))
        .hasSize(7);
  }

  @Test
  void names_may_be_in_any_case() {
    assertThat(once("0 8 1 jan,Jul,DEC *", "UTC", NEW_YEAR, END_OF_YEAR))
        .containsExactly("2026-01-01T08:00:00Z", "2026-07-01T08:00:00Z", "2026-12-01T08:00:00Z");
  }
}
