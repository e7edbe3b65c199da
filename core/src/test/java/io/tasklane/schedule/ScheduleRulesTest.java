package io.tasklane.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Triggers, and what a schedule has to fulfil. */
class ScheduleRulesTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  @Test
  void defaults_are_skip_once_and_five_minutes() {
    ScheduleRules rules = ScheduleRules.of(new OnceTrigger(NOON));
    assertThat(rules.overlap()).isEqualTo(OverlapPolicy.SKIP);
    assertThat(rules.dst()).isEqualTo(DstPolicy.ONCE);
    assertThat(rules.catchUp()).isEqualTo(Duration.ofMinutes(5));
    assertThat(rules.jitter()).isZero();
  }

  @Test
  void codes_are_stored_and_do_not_change() {
    assertThat(
            Map.of(
                OverlapPolicy.SKIP.code(), OverlapPolicy.of(1),
                OverlapPolicy.BUFFER_ONE.code(), OverlapPolicy.of(2),
                OverlapPolicy.ALLOW.code(), OverlapPolicy.of(3),
                OverlapPolicy.CANCEL_OTHER.code(), OverlapPolicy.of(4)))
        .isEqualTo(
            Map.of(
                1, OverlapPolicy.SKIP,
                2, OverlapPolicy.BUFFER_ONE,
                3, OverlapPolicy.ALLOW,
                4, OverlapPolicy.CANCEL_OTHER));
    assertThat(DstPolicy.of(1)).isEqualTo(DstPolicy.ONCE);
    assertThat(DstPolicy.of(2)).isEqualTo(DstPolicy.WALL_CLOCK);
    assertThat(SessionAnchor.of(1)).isEqualTo(SessionAnchor.OPEN);
    assertThat(SessionAnchor.of(2)).isEqualTo(SessionAnchor.CLOSE);
    assertThatThrownBy(() -> OverlapPolicy.of(0)).hasMessageContaining("code 0");
    assertThatThrownBy(() -> DstPolicy.of(3)).hasMessageContaining("code 3");
    assertThatThrownBy(() -> SessionAnchor.of(3)).hasMessageContaining("code 3");
  }

  @Test
  void an_interval_counts_from_the_epoch_and_its_phase() {
    DueTimes times =
        new IntervalTrigger(Duration.ofHours(1), Duration.ofMinutes(5), false)
            .times(DstPolicy.ONCE, NOON);
    assertThat(times.next(NOON)).hasValue(NOON.plusSeconds(300));
    assertThat(times.next(NOON.plusSeconds(300))).hasValue(NOON.plusSeconds(3_900));
    assertThat(times.next(Instant.parse("1969-12-31T23:59:59Z")))
        .hasValue(Instant.parse("1970-01-01T00:05:00Z"));
    assertThat(times.count(NOON, NOON.plusSeconds(86_400))).isEqualTo(24);
    assertThat(times.count(NOON.plusSeconds(300), NOON.plusSeconds(300))).isZero();
  }

  @Test
  void an_interval_is_elapsed_time_also_when_clocks_change() {
    DueTimes times = IntervalTrigger.every(Duration.ofHours(1)).times(DstPolicy.ONCE, NOON);
    assertThat(
            times.count(
                Instant.parse("2026-11-01T03:59:59Z"), Instant.parse("2026-11-02T04:59:59Z")))
        .isEqualTo(25);
  }

  @Test
  void bounds_are_the_first_instant_and_the_first_one_after() {
    ScheduleRules rules =
        ScheduleRules.of(IntervalTrigger.every(Duration.ofHours(1)))
            .within(Optional.of(NOON), Optional.of(NOON.plusSeconds(7_200)));
    DueTimes times = rules.times(NOON);
    assertThat(times.count(Instant.EPOCH, NOON.plusSeconds(99_999))).isEqualTo(2);
    assertThat(times.next(Instant.EPOCH)).hasValue(NOON);
    assertThat(times.next(NOON)).hasValue(NOON.plusSeconds(3_600));
    assertThat(times.next(NOON.plusSeconds(3_600))).isEmpty();
  }

  @Test
  void values_that_are_not_allowed_name_their_field() {
    ScheduleRules once = ScheduleRules.of(new OnceTrigger(NOON));
    refused("interval.interval", () -> IntervalTrigger.every(Duration.ofMillis(999)));
    refused("interval.interval", () -> IntervalTrigger.every(Duration.ofSeconds(2, 1)));
    refused("interval.interval", () -> IntervalTrigger.every(Duration.ofDays(4_000)));
    refused(
        "interval.phase",
        () -> new IntervalTrigger(Duration.ofHours(1), Duration.ofHours(1), false));
    refused(
        "interval.phase",
        () -> new IntervalTrigger(Duration.ofHours(1), Duration.ofSeconds(-1), false));
    refused(
        "interval.phase",
        () -> new IntervalTrigger(Duration.ofHours(1), Duration.ofSeconds(1), true));
    refused("catchup_window", () -> once.withCatchUp(Duration.ofSeconds(-1)));
    refused("catchup_window", () -> once.withCatchUp(Duration.ofDays(367)));
    refused("jitter", () -> once.withJitter(Duration.ofDays(2)));
    refused("end_time", () -> once.within(Optional.of(NOON), Optional.of(NOON)));
    refused("cron.time_zone", () -> CronTrigger.of("@daily", "Mars/Olympus", Optional.empty()));
    refused("cron.expression", () -> CronTrigger.of("@dayly", "UTC", Optional.empty()));
  }

  @Test
  void a_schedule_that_is_never_due_again_is_refused_with_the_field_that_is_why() {
    refused("once_time", () -> ScheduleRules.of(new OnceTrigger(NOON)).requireDueAfter(NOON));
    ScheduleRules ended =
        ScheduleRules.of(CronTrigger.of("0 9 * * *", "UTC", Optional.empty()))
            .within(Optional.empty(), Optional.of(NOON.plusSeconds(60)));
    refused("end_time", () -> ended.requireDueAfter(NOON));
    ScheduleRules inGaps =
        ScheduleRules.of(CronTrigger.of("30 2 8 3 */7", "America/New_York", Optional.empty()))
            .withDst(DstPolicy.WALL_CLOCK);
    refused("trigger", () -> inGaps.requireDueAfter(NOON));
    inGaps.withDst(DstPolicy.ONCE).requireDueAfter(NOON);
    ScheduleRules sessions =
        ScheduleRules.of(
            SessionTrigger.of(BuiltInCalendars.xnys(), SessionAnchor.OPEN, Duration.ZERO, false));
    assertThatThrownBy(() -> sessions.requireDueAfter(Instant.parse("2031-01-01T12:00:00Z")))
        .isInstanceOf(CalendarRangeException.class);
  }

  @Test
  void a_trigger_says_what_it_means() {
    assertThat(CronTrigger.of("0 0 13 * 5", "", Optional.of(BuiltInCalendars.xnys())).description())
        .isEqualTo("at 00:00 on the 13th and on every Friday in UTC, on trading days of XNYS");
    assertThat(
            SessionTrigger.of(
                    BuiltInCalendars.xnse(), SessionAnchor.OPEN, Duration.ofMinutes(15), true)
                .description())
        .isEqualTo("15 minutes after the open of XNSE, not on half days");
    assertThat(
            SessionTrigger.of(
                    BuiltInCalendars.xnys(), SessionAnchor.CLOSE, Duration.ofMinutes(-90), false)
                .description())
        .isEqualTo("1 hour 30 minutes before the close of XNYS");
    assertThat(IntervalTrigger.every(Duration.ofSeconds(90)).description())
        .isEqualTo("every 1 minute 30 seconds");
    assertThat(new IntervalTrigger(Duration.ofHours(1), Duration.ZERO, true).description())
        .isEqualTo("1 hour after the end of the last run");
    assertThat(new OnceTrigger(NOON).description()).isEqualTo("once at 2026-03-04T12:00:00Z");
  }

  private static void refused(String field, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOf(InvalidScheduleException.class)
        .extracting(wrong -> ((InvalidScheduleException) wrong).field())
        .isEqualTo(field);
  }
}
