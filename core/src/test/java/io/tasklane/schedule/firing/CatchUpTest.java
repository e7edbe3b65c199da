package io.tasklane.schedule.firing;

import static io.tasklane.schedule.firing.Looks.allowing;
import static io.tasklane.schedule.firing.Looks.at;
import static io.tasklane.schedule.firing.Looks.cron;
import static io.tasklane.schedule.firing.Looks.decide;
import static io.tasklane.schedule.firing.Looks.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.IntervalTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ProcessorTime;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.CalendarFile;
import io.tasklane.schedule.calendar.SessionAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After an outage: what is young enough runs, the rest is counted. */
class CatchUpTest {
  @Test
  void after_a_night_without_the_server_the_last_five_minutes_run_and_the_rest_is_missed() {
    Decision decision =
        decide(
            allowing("* * * * *"),
            Progress.created(at("2026-03-03T20:00:30Z")),
            "2026-03-04T08:00:30Z");
    assertThat(scheduled(decision))
        .containsExactly(
            "2026-03-04T07:56:00Z",
            "2026-03-04T07:57:00Z",
            "2026-03-04T07:58:00Z",
            "2026-03-04T07:59:00Z",
            "2026-03-04T08:00:00Z");
    assertThat(decision.missed()).isEqualTo(715);
    assertThat(
            scheduled(decide(allowing("* * * * *"), decision.progress(), "2026-03-04T08:01:00Z")))
        .containsExactly("2026-03-04T08:01:00Z");
  }

  @Test
  void a_run_that_is_as_old_as_the_window_still_runs() {
    Progress progress = Progress.created(at("2026-03-04T08:00:00Z"));
    ScheduleRules rules = cron("0 9 * * *", "UTC");
    assertThat(decide(rules, progress, "2026-03-04T09:05:00Z").firings()).hasSize(1);
    Decision late = decide(rules, progress, "2026-03-04T09:05:00.001Z");
    assertThat(late.firings()).isEmpty();
    assertThat(late.missed()).isEqualTo(1);
    assertThat(late.skips())
        .containsExactly(
            new Skip(
                at("2026-03-04T09:00:00Z"),
                Skip.Reason.MISSED,
                "older than 5 minutes when it was looked at"));
  }

  @Test
  void without_a_window_only_what_is_due_now_runs() {
    ScheduleRules rules = allowing("* * * * *").withCatchUp(Duration.ZERO);
    Decision decision =
        decide(rules, Progress.created(at("2026-03-04T08:00:30Z")), "2026-03-04T08:03:00Z");
    assertThat(scheduled(decision)).containsExactly("2026-03-04T08:03:00Z");
    assertThat(decision.missed()).isEqualTo(2);
  }

  @Test
  void thirty_days_of_seconds_are_counted_within_a_second() {
    ScheduleRules rules = allowing("* * * * * *");
    long started = ProcessorTime.nanos();
    Decision decision =
        decide(rules, Progress.created(at("2026-03-01T00:00:00Z")), "2026-03-31T00:00:00Z");
    assertThat(ProcessorTime.nanos() - started).isLessThan(1_000_000_000L);
    assertThat(decision.firings()).hasSize(301);
    assertThat(decision.missed() + decision.firings().size()).isEqualTo(2_592_000);
    assertThat(decision.skips()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void ten_years_of_outage_end_no_schedule() {
    ScheduleRules rules = allowing("*/10 * * * * *");
    long started = ProcessorTime.nanos();
    Decision decision =
        decide(rules, Progress.created(at("2016-03-01T00:00:00Z")), "2026-03-01T00:00:00Z");
    assertThat(ProcessorTime.nanos() - started).isLessThan(1_000_000_000L);
    assertThat(decision.firings()).hasSize(31);
    assertThat(decision.missed() + 31).isEqualTo(3_652L * 8_640);
  }

  @Test
  void a_long_window_is_worked_off_in_steps_and_loses_nothing() {
    ScheduleRules rules = allowing("* * * * * *").withCatchUp(Duration.ofHours(1));
    Progress progress = Progress.created(at("2026-03-01T00:00:00Z"));
    Instant now = at("2026-03-01T01:00:00Z");
    FiringRules firing = new FiringRules("s", rules);
    int looks = 0;
    int runs = 0;
    Decision decision;
    do {
      decision = firing.decide(progress, now);
      runs += decision.firings().size();
      progress = decision.progress();
      assertThat(runs + firing.pending(progress, now)).isEqualTo(3_600);
      looks++;
    } while (decision.unfinished());
    assertThat(looks).isEqualTo(4);
    assertThat(runs).isEqualTo(3_600);
  }

  @Test
  void what_is_on_a_closed_day_is_closed_and_not_missed() {
    ScheduleRules rules =
        ScheduleRules.of(
            CronTrigger.of("0 10 * * *", "America/New_York", Optional.of(BuiltInCalendars.xnys())));
    Decision decision =
        decide(rules, Progress.created(at("2026-11-25T00:00:00Z")), "2026-11-30T23:00:00Z");
    // Wednesday, Friday, Monday; closed on Thursday (Thanksgiving), Saturday and Sunday.
    assertThat(decision.missed()).isEqualTo(3);
    assertThat(decision.closed()).isEqualTo(3);
    assertThat(decision.skips())
        .extracting(Skip::explanation)
        .contains("XNYS is closed on 2026-11-26: Thanksgiving Day");
  }

  @Test
  void a_day_that_was_closed_meanwhile_takes_its_run_away() {
    String before =
        """
        name DESK
        version 1
        zone UTC
        valid 2026-01-01 2026-12-31
        week MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY 08:00-16:00
        """;
    Progress progress = Progress.created(at("2026-03-03T12:00:00Z"));
    ScheduleRules open = daily(before);
    assertThat(new FiringRules("s", open).nextDue(progress)).hasValue(at("2026-03-04T10:00:00Z"));
    assertThat(decide(open, progress, "2026-03-04T10:00:00Z").firings()).hasSize(1);
    ScheduleRules closed = daily(before + "holiday 2026-03-04 mourning\n");
    Decision decision = decide(closed, progress, "2026-03-04T10:00:00Z");
    assertThat(decision.firings()).isEmpty();
    assertThat(decision.closed()).isEqualTo(1);
    assertThat(decision.skips())
        .extracting(Skip::explanation)
        .containsExactly("DESK is closed on 2026-03-04: mourning");
  }

  private static ScheduleRules daily(String calendar) {
    return ScheduleRules.of(
        CronTrigger.of("0 10 * * *", "UTC", Optional.of(CalendarFile.read(calendar))));
  }

  @Test
  void beyond_the_calendar_what_is_due_stays_pending_and_the_range_is_named() {
    ScheduleRules rules =
        ScheduleRules.of(CronTrigger.of("0 12 * * *", "UTC", Optional.of(BuiltInCalendars.xnys())))
            .withOverlap(OverlapPolicy.ALLOW)
            .withCatchUp(Duration.ofDays(9));
    FiringRules firing = new FiringRules("s", rules);
    Instant now = at("2031-01-02T13:00:00Z");
    Decision decision = firing.decide(Progress.created(at("2030-12-30T13:00:00Z")), now);
    assertThat(scheduled(decision)).containsExactly("2030-12-31T12:00:00Z");
    assertThat(decision.blocked().orElseThrow()).contains("XNYS", "2024-01-01 to 2030-12-31");
    assertThat(firing.pending(decision.progress(), now)).isEqualTo(2);
    assertThat(firing.decide(decision.progress(), now).firings()).isEmpty();
  }

  @Test
  void a_schedule_that_has_ended_needs_no_newer_calendar() {
    ScheduleRules rules =
        ScheduleRules.of(
                SessionTrigger.of(
                    BuiltInCalendars.xnys(), SessionAnchor.OPEN, Duration.ZERO, false))
            .within(Optional.empty(), Optional.of(at("2030-12-31T00:00:00Z")));
    Decision decision =
        decide(rules, Progress.created(at("2030-12-30T00:00:00Z")), "2031-01-02T13:00:00Z");
    assertThat(decision.missed()).isEqualTo(1);
    assertThat(decision.blocked()).isEmpty();
    assertThat(new FiringRules("s", rules).nextDue(decision.progress())).isEmpty();
  }

  @Test
  void from_completion_nothing_is_due_while_a_run_lasts() {
    ScheduleRules rules =
        ScheduleRules.of(new IntervalTrigger(Duration.ofMinutes(10), Duration.ZERO, true));
    FiringRules firing = new FiringRules("s", rules);
    Progress created = Progress.created(at("2026-03-04T08:00:00Z"));
    assertThat(firing.nextDue(created)).hasValue(at("2026-03-04T08:10:00Z"));
    Decision first = firing.decide(created, at("2026-03-04T08:10:00Z"));
    assertThat(scheduled(first)).containsExactly("2026-03-04T08:10:00Z");
    assertThat(firing.nextDue(first.progress())).isEmpty();
    Decision during = firing.decide(first.progress(), at("2026-03-04T09:00:00Z"));
    assertThat(during.firings()).isEmpty();
    assertThat(during.missed() + during.overlapSkips()).isZero();
    Progress ended = during.progress().ended(at("2026-03-04T09:03:00Z"));
    assertThat(firing.nextDue(ended)).hasValue(at("2026-03-04T09:13:00Z"));
  }

  @Test
  void from_completion_a_look_during_a_run_decides_nothing_about_what_follows_its_end() {
    ScheduleRules rules =
        ScheduleRules.of(new IntervalTrigger(Duration.ofSeconds(10), Duration.ZERO, true));
    FiringRules firing = new FiringRules("s", rules);
    Progress created = Progress.created(at("2026-03-04T09:59:50Z"));
    Progress running = firing.decide(created, at("2026-03-04T10:00:00Z")).progress();
    Decision during = firing.decide(running, at("2026-03-04T10:01:00Z"));
    assertThat(during.progress()).isEqualTo(running);
    // It had ended long before that look, which could not know it.
    Progress ended = during.progress().ended(at("2026-03-04T10:00:05Z"));
    assertThat(firing.nextDue(ended)).hasValue(at("2026-03-04T10:00:15Z"));
    assertThat(scheduled(firing.decide(ended, at("2026-03-04T10:01:00Z"))))
        .containsExactly("2026-03-04T10:00:15Z");
  }

  @Test
  void from_completion_an_outage_is_counted_and_does_not_end_the_schedule() {
    ScheduleRules rules =
        ScheduleRules.of(new IntervalTrigger(Duration.ofMinutes(10), Duration.ZERO, true));
    Decision decision =
        decide(rules, Progress.created(at("2026-03-04T08:00:00Z")), "2026-03-04T12:01:00Z");
    assertThat(decision.missed()).isEqualTo(23);
    assertThat(scheduled(decision)).containsExactly("2026-03-04T12:00:00Z");
  }
}
