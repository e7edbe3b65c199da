package io.tasklane.schedule.firing;

import static io.tasklane.schedule.firing.Looks.allowing;
import static io.tasklane.schedule.firing.Looks.at;
import static io.tasklane.schedule.firing.Looks.cron;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.IntervalTrigger;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asking for the past. */
class BackfillTest {
  @Test
  void it_has_the_keys_of_the_schedule_itself_with_the_start_and_without_the_end() {
    assertThat(
            Backfill.between(
                "s", allowing("0 * * * *"), at("2026-03-04T08:00:00Z"), at("2026-03-04T10:00:00Z")))
        .extracting(Firing::key)
        .containsExactly(
            new FiringKey("s", at("2026-03-04T08:00:00Z")),
            new FiringKey("s", at("2026-03-04T09:00:00Z")));
  }

  @Test
  void several_times_that_a_gap_moves_to_one_instant_are_one_firing() {
    assertThat(
            Backfill.between(
                "s",
                cron("0,30 2,3 * * *", "America/New_York"),
                at("2026-03-08T00:00:00Z"),
                at("2026-03-09T00:00:00Z")))
        .extracting(firing -> firing.key().scheduledTime().toString())
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z");
  }

  @Test
  void closed_days_are_left_out() {
    ScheduleRules rules =
        ScheduleRules.of(CronTrigger.of("0 12 * * *", "UTC", Optional.of(BuiltInCalendars.xnse())));
    assertThat(Backfill.between("s", rules, at("2026-01-30T00:00:00Z"), at("2026-02-03T00:00:00Z")))
        .extracting(firing -> firing.key().scheduledTime().toString())
        .containsExactly("2026-01-30T12:00:00Z", "2026-02-01T12:00:00Z", "2026-02-02T12:00:00Z");
  }

  @Test
  void what_cannot_be_backfilled_is_refused() {
    assertThatThrownBy(
            () ->
                Backfill.between(
                    "s",
                    allowing("* * * * *"),
                    at("2026-01-01T00:00:00Z"),
                    at("2026-02-01T00:00:00Z")))
        .isInstanceOf(InvalidScheduleException.class)
        .hasMessageContaining("44640 due times are too many");
    assertThatThrownBy(
            () ->
                Backfill.between(
                    "s",
                    allowing("* * * * *"),
                    at("2026-01-01T00:00:00Z"),
                    at("2026-01-01T00:00:00Z")))
        .hasMessageStartingWith("end_time");
    ScheduleRules completion =
        ScheduleRules.of(new IntervalTrigger(Duration.ofHours(1), Duration.ZERO, true));
    assertThatThrownBy(
            () ->
                Backfill.between(
                    "s", completion, at("2026-01-01T00:00:00Z"), at("2026-01-02T00:00:00Z")))
        .hasMessageContaining("after the end of each run");
  }
}
