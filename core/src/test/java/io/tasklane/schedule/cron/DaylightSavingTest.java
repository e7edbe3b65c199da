package io.tasklane.schedule.cron;

import static io.tasklane.schedule.cron.CronRuns.first;
import static io.tasklane.schedule.cron.CronRuns.once;
import static io.tasklane.schedule.cron.CronRuns.wallClock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.ProcessorTime;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The nights on which the clocks change. New York 2026: forward on 8 March at 07:00Z, back on 1
 * November at 06:00Z. London: forward on 29 March, back on 25 October, both at 01:00Z. Lord Howe
 * changes by half an hour: back on 5 April at 15:00Z of the 4th, forward on 4 October at 15:30Z of
 * the 3rd. Kolkata never changes.
 */
class DaylightSavingTest {
  private static final String NEW_YORK = "America/New_York";
  private static final String LONDON = "Europe/London";
  private static final String LORD_HOWE = "Australia/Lord_Howe";
  private static final String KOLKATA = "Asia/Kolkata";

  @Test
  void a_time_that_is_left_out_runs_at_the_end_of_the_gap() {
    assertThat(first("30 2 * * *", NEW_YORK, "2026-03-07T00:00:00Z", 3))
        .containsExactly("2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
    assertThat(first("30 2 * * *", "Europe/Zurich", "2026-03-28T12:00:00Z", 1))
        .containsExactly("2026-03-29T01:00:00Z");
    assertThat(first("59 1 * * *", LONDON, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:59:00Z");
  }

  @Test
  void a_search_that_begins_just_before_the_gap_ends_finds_the_moved_run() {
    assertThat(once("30 2 * * *", NEW_YORK, "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z");
    assertThat(once("30 2 * * *", NEW_YORK, "2026-03-08T06:59:59.999Z", "2026-03-08T07:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z");
    assertThat(once("30 2 * * *", NEW_YORK, "2026-03-08T07:00:00Z", "2026-03-09T00:00:00Z"))
        .isEmpty();
    assertThat(once("30 2 * * *", NEW_YORK, "2026-03-08T00:00:00Z", "2026-03-08T06:59:59Z"))
        .isEmpty();
  }

  @Test
  void several_times_that_fall_on_one_instant_are_one_run() {
    assertThat(once("30 2,3 * * *", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T00:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z");
    assertThat(once("0,30 2,3 * * *", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T00:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z");
    assertThat(once("* 2 * * *", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T00:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z");
  }

  @Test
  void by_the_wall_clock_a_time_that_is_left_out_does_not_run() {
    assertThat(wallClock("30 2 * * *", NEW_YORK, "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z"))
        .containsExactly("2026-03-09T06:30:00Z");
    assertThat(wallClock("30 2,3 * * *", NEW_YORK, "2026-03-08T05:00:00Z", "2026-03-09T00:00:00Z"))
        .containsExactly("2026-03-08T07:30:00Z");
  }

  @Test
  void a_time_that_comes_twice_runs_the_first_time() {
    assertThat(first("30 1 * * *", NEW_YORK, "2026-10-31T00:00:00Z", 3))
        .containsExactly("2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    assertThat(first("30 1 * * *", LONDON, "2026-10-25T00:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(once("*/15 1 * * *", NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-01T12:00:00Z"))
        .containsExactly(
            "2026-11-01T05:00:00Z",
            "2026-11-01T05:15:00Z",
            "2026-11-01T05:30:00Z",
            "2026-11-01T05:45:00Z");
  }

  @Test
  void by_the_wall_clock_it_runs_twice() {
    assertThat(wallClock("30 1 * * *", NEW_YORK, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"))
        .containsExactly("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z");
  }

  @Test
  void the_day_after_is_as_every_day() {
    assertThat(once("0 6 * * MON", NEW_YORK, "2026-11-01T12:00:00Z", "2026-11-08T00:00:00Z"))
        .containsExactly("2026-11-02T11:00:00Z");
    assertThat(once("0 2 * * *", NEW_YORK, "2026-11-01T04:00:00Z", "2026-11-01T12:00:00Z"))
        .containsExactly("2026-11-01T07:00:00Z");
  }

  @Test
  void an_hourly_job_runs_in_each_real_hour_under_either_policy() {
    String[] hours = {
      "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"
    };
    assertThat(once("0 * * * *", NEW_YORK, "2026-11-01T03:30:00Z", "2026-11-01T07:30:00Z"))
        .containsExactly(hours);
    assertThat(wallClock("0 * * * *", NEW_YORK, "2026-11-01T03:30:00Z", "2026-11-01T07:30:00Z"))
        .containsExactly(hours);
    assertThat(once("0 0-23 * * *", NEW_YORK, "2026-11-01T03:30:00Z", "2026-11-01T07:30:00Z"))
        .containsExactly(hours);
    assertThat(once("*/30 * * * *", NEW_YORK, "2026-03-08T05:45:00Z", "2026-03-08T07:45:00Z"))
        .containsExactly(
            "2026-03-08T06:00:00Z",
            "2026-03-08T06:30:00Z",
            "2026-03-08T07:00:00Z",
            "2026-03-08T07:30:00Z");
    // Nothing is added at 07:00Z for the 02:05 that was left out: 03:05 follows 01:05 in an hour.
    assertThat(once("5 * * * *", NEW_YORK, "2026-03-08T05:45:00Z", "2026-03-08T07:45:00Z"))
        .containsExactly("2026-03-08T06:05:00Z", "2026-03-08T07:05:00Z");
  }

  @Test
  void a_job_of_every_second_hour_names_its_hours() {
    assertThat(once("30 */2 * * *", NEW_YORK, "2026-03-08T04:00:00Z", "2026-03-08T09:00:00Z"))
        .containsExactly("2026-03-08T05:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T08:30:00Z");
  }

  @Test
  void a_gap_of_half_an_hour_moves_by_half_an_hour() {
    assertThat(first("15 2 * * *", LORD_HOWE, "2026-10-02T16:00:00Z", 3))
        .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z", "2026-10-05T15:15:00Z");
    assertThat(wallClock("15 2 * * *", LORD_HOWE, "2026-10-03T00:00:00Z", "2026-10-05T00:00:00Z"))
        .containsExactly("2026-10-04T15:15:00Z");
    assertThat(once("30 2 * * *", LORD_HOWE, "2026-10-03T00:00:00Z", "2026-10-04T00:00:00Z"))
        .containsExactly("2026-10-03T15:30:00Z");
  }

  @Test
  void an_overlap_of_half_an_hour_repeats_half_an_hour() {
    assertThat(once("15,45 1 * * *", LORD_HOWE, "2026-04-04T12:00:00Z", "2026-04-04T20:00:00Z"))
        .containsExactly("2026-04-04T14:15:00Z", "2026-04-04T14:45:00Z");
    assertThat(
            wallClock("15,45 1 * * *", LORD_HOWE, "2026-04-04T12:00:00Z", "2026-04-04T20:00:00Z"))
        .containsExactly("2026-04-04T14:15:00Z", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z");
  }

  @Test
  void a_zone_without_changes_is_the_same_every_day() {
    assertThat(first("30 2 * * *", KOLKATA, "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T21:00:00Z", "2026-03-29T21:00:00Z");
    assertThat(wallClock("30 2 * * *", KOLKATA, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
        .hasSize(365)
        .isEqualTo(once("30 2 * * *", KOLKATA, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"));
  }

  @Test
  void a_day_that_a_zone_left_out_altogether_runs_when_it_ends() {
    assertThat(once("0 9 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", "2012-01-01T00:00:00Z"))
        .containsExactly("2011-12-30T10:00:00Z");
  }

  @Test
  void a_time_that_is_only_ever_in_a_gap_never_comes_by_the_wall_clock() {
    // 8 March, if it is a Sunday, is the day on which New York's clocks go forward at 02:00.
    DueTimes times = CronRuns.times("30 2 8 3 */7", NEW_YORK, DstPolicy.WALL_CLOCK);
    long begin = ProcessorTime.nanos();
    assertThat(times.next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    assertThat(ProcessorTime.nanos() - begin).isLessThan(2_000_000_000L);
  }
}
