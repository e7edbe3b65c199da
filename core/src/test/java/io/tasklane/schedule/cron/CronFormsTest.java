package io.tasklane.schedule.cron;

import static io.tasklane.schedule.cron.CronRuns.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.ProcessorTime;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written, what may not, and what it is called. */
class CronFormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @yearly   | 0 0 1 1 *
          @Annually | 0 0 1 1 *
          @monthly  | 0 0 1 * *
          @weekly   | 0 0 * * 0
          @daily    | 0 0 * * *
          @midnight | 0 0 * * *
          @hourly   | 0 * * * *
          """)
  void nicknames_mean_what_cron_makes_of_them(String nickname, String fields) {
    assertThat(once(nickname, "Asia/Kolkata", "2026-01-01T00:00:00Z", "2027-02-01T00:00:00Z"))
        .isEqualTo(once(fields, "Asia/Kolkata", "2026-01-01T00:00:00Z", "2027-02-01T00:00:00Z"))
        .isNotEmpty();
  }

  @Test
  void six_fields_begin_with_the_second() {
    assertThat(once("*/20 30 9 * * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
        .containsExactly("2026-01-01T09:30:00Z", "2026-01-01T09:30:20Z", "2026-01-01T09:30:40Z");
    assertThat(once(" 30\t9  * * * ", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
        .containsExactly("2026-01-01T09:30:00Z");
  }

  @Test
  void a_step_that_does_not_divide_begins_again_at_the_start() {
    assertThat(once("*/25 9,10 * * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
        .containsExactly(
            "2026-01-01T09:00:00Z",
            "2026-01-01T09:25:00Z",
            "2026-01-01T09:50:00Z",
            "2026-01-01T10:00:00Z",
            "2026-01-01T10:25:00Z",
            "2026-01-01T10:50:00Z");
    assertThat(CronExpression.parse("*/25 9 * * *").perDay()).isEqualTo(3);
  }

  @Test
  void a_step_counts_from_the_start_of_its_range() {
    assertThat(once("5/20,7-9 9 * * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
        .containsExactly(
            "2026-01-01T09:05:00Z",
            "2026-01-01T09:07:00Z",
            "2026-01-01T09:08:00Z",
            "2026-01-01T09:09:00Z",
            "2026-01-01T09:25:00Z",
            "2026-01-01T09:45:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 30 2 *",
        "0 0 31 4 *",
        "0 0 31 2,4,6,9,11 *",
        "0 0 30 2 ?",
        "0 0 31 feb */2",
        "0 8 28-2 * *",
        "0 22-2 * * *",
        "0 8 * nov-feb *",
        "*/90 * * * *",
        "*/60 * * * *",
        "*/0 * * * *",
        "0 0 * * */8",
        "5-5/2 * * * *",
        "60 * * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 32 * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "0 0 * * MONDAY",
        "0 0 JAN * *",
        "0 0 L * *",
        "0 0 LW * *",
        "0 0 15W * *",
        "0 0 * * FRI#2",
        "0 0 * * 5L",
        "? 0 * * *",
        "0 0 ?/2 * *",
        "-1 0 * * *",
        "1,,2 0 * * *",
        "1, 0 * * *",
        "*-5 0 * * *",
        "1-2-3 0 * * *",
        "99999999999 0 * * *",
        "",
        "   ",
        "0 0 * *",
        "0 0 0 * * ? 2026",
        "@reboot",
        "@every 5m",
        "CRON_TZ=UTC 0 0 * * *",
        "TZ=UTC 0 0 * * *",
        "H 0 * * *"
      })
  void these_are_refused_and_the_field_is_named(String expression) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageStartingWith("cron.expression: ")
        .extracting(wrong -> ((InvalidScheduleException) wrong).field())
        .isEqualTo("cron.expression");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 8 28-2 * * | '28-2' is not allowed as day of month: a range may not go down; write it \
          as two, such as 28-31,1-2
          0 0 30 2 *     | '0 0 30 2 *' never comes: no month of it has such a day of month ('30')
          0 0 * * FRI#2 | 'FRI#2' is not allowed as day of week: L, W and # are not supported; 0 \
          to 7, or SUN, MON, TUE, WED, THU, FRI, SAT are
          */90 * * * * | '*/90' is not allowed as minute: a step of 1 to 59 is, since a longer \
          one would never be taken
          0 25 * * *     | '25' is not allowed as hour: 0 to 23 are, in lists, ranges and steps
          """)
  void the_message_says_what_is_allowed(String expression, String message) {
    assertThatThrownBy(() -> CronExpression.parse(expression)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 13 * 5          | at 00:00 on the 13th and on every Friday
          30 2 * * *          | at 02:30 every day
          30 9,16 * * mon-fri | at 09:30 and 16:30 on every Monday to Friday
          0 9 29 2 *          | at 09:00 on the 29th of months that have it in February
          0 0 1,2,3,22 * ?    | at 00:00 on the 1st to 3rd and 22nd
          0 0 */2 1 SUN | at 00:00 on every Sunday that is the 1st, 3rd, 5th, 7th, 9th, 11th, \
          13th, 15th, 17th, 19th, 21st, 23rd, 25th, 27th, 29th and 31st in January
          0 * * * *           | minute 0 of every hour
          */30 * * * *        | every 30 minutes
          */7 * * * *         | every 7 minutes from 0 to 56 and again from 0
          * * * * *           | every minute
          * 9 * * *           | every minute of hour 9
          */10 * * * * *      | every 10 seconds
          0 */2 * * *         | minute 0 of every 2 hours
          5,35 * * * SAT,SUN  | minutes 5 and 35 of every hour on every Sunday and Saturday
          0 0 1-31 * 5        | at 00:00 every day
          15 30 9 * * *       | at 09:30:15 every day
          """)
  void it_is_described_in_words(String expression, String words) {
    assertThat(CronExpression.parse(expression).description()).isEqualTo(words);
  }

  @Test
  void a_month_of_seconds_is_counted_at_once() {
    DueTimes times = CronRuns.times("* * * * * *", "America/New_York", DstPolicy.ONCE);
    Instant begin = Instant.parse("2026-03-01T00:00:00Z");
    long started = ProcessorTime.nanos();
    assertThat(times.count(begin, begin.plusSeconds(2_592_000))).isEqualTo(2_592_000);
    assertThat(ProcessorTime.nanos() - started).isLessThan(1_000_000_000L);
  }
}
