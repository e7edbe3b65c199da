package io.tasklane.schedule.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.IntervalTrigger;
import io.tasklane.schedule.OnceTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ProcessorTime;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.firing.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is shown of the next runs, and what is said about them. */
class PreviewTest {
  private static final String NEW_YORK = "America/New_York";

  @Test
  void a_night_without_half_past_two_is_explained_under_either_policy() {
    ScheduleRules rules = cron("30 2 * * *", NEW_YORK);
    assertThat(lines(next(rules, "2026-03-07T12:00:00Z", 2)))
        .isEqualTo(
            """
            2026-03-08T07:00:00Z RUN Sunday 8 March 2026 03:00 America/New_York: at 02:30 every \
            day in America/New_York; 02:30 does not exist on 2026-03-08 (the clocks go from 02:00 \
            to 03:00), so it runs at 03:00; under WALL_CLOCK not at all
            2026-03-09T06:30:00Z RUN Monday 9 March 2026 02:30 America/New_York: at 02:30 every \
            day in America/New_York
            """);
    assertThat(lines(next(rules.withDst(DstPolicy.WALL_CLOCK), "2026-03-07T12:00:00Z", 1)))
        .isEqualTo(
            """
            2026-03-08T07:00:00Z DST_GAP 02:30 does not exist on 2026-03-08 (the clocks go from \
            02:00 to 03:00): not run; under ONCE at 03:00
            2026-03-09T06:30:00Z RUN Monday 9 March 2026 02:30 America/New_York: at 02:30 every \
            day in America/New_York
            """);
  }

  @Test
  void a_night_that_has_half_past_one_twice_is_explained_under_either_policy() {
    ScheduleRules rules = cron("30 1 * * *", NEW_YORK);
    assertThat(lines(next(rules, "2026-10-31T12:00:00Z", 2)))
        .isEqualTo(
            """
            2026-11-01T05:30:00Z RUN Sunday 1 November 2026 01:30 America/New_York: at 01:30 \
            every day in America/New_York; 01:30 comes twice on 2026-11-01 (the clocks go from \
            02:00 back to 01:00); runs the first time only, under WALL_CLOCK both times
            2026-11-01T06:30:00Z DST_OVERLAP 01:30 comes twice on 2026-11-01 (the clocks go from \
            02:00 back to 01:00): not run again; under WALL_CLOCK also now
            2026-11-02T06:30:00Z RUN Monday 2 November 2026 01:30 America/New_York: at 01:30 \
            every day in America/New_York
            """);
    assertThat(lines(next(rules.withDst(DstPolicy.WALL_CLOCK), "2026-10-31T12:00:00Z", 2)))
        .isEqualTo(
            """
            2026-11-01T05:30:00Z RUN Sunday 1 November 2026 01:30 America/New_York: at 01:30 \
            every day in America/New_York; 01:30 comes twice on 2026-11-01 (the clocks go from \
            02:00 back to 01:00); this is the first, under ONCE only the first runs
            2026-11-01T06:30:00Z RUN Sunday 1 November 2026 01:30 America/New_York: at 01:30 \
            every day in America/New_York; 01:30 comes twice on 2026-11-01 (the clocks go from \
            02:00 back to 01:00); this is the second, under ONCE only the first runs
            """);
  }

  @Test
  void several_times_that_a_gap_moves_are_one_entry() {
    assertThat(lines(next(cron("0,30 2,3 * * *", NEW_YORK), "2026-03-08T05:00:00Z", 2)))
        .isEqualTo(
            """
            2026-03-08T07:00:00Z RUN Sunday 8 March 2026 03:00 America/New_York: at 02:00, 02:30, \
            03:00 and 03:30 every day in America/New_York; 02:00 and 1 more do not exist on \
            2026-03-08 (the clocks go from 02:00 to 03:00), so it runs at 03:00; under WALL_CLOCK \
            not at all
            2026-03-08T07:30:00Z RUN Sunday 8 March 2026 03:30 America/New_York: at 02:00, 02:30, \
            03:00 and 03:30 every day in America/New_York
            """);
  }

  @Test
  void a_holiday_and_a_weekend_are_named() {
    ScheduleRules rules =
        ScheduleRules.of(
            CronTrigger.of("0 10 * * *", NEW_YORK, Optional.of(BuiltInCalendars.xnys())));
    assertThat(lines(next(rules, "2026-11-25T20:00:00Z", 2)))
        .isEqualTo(
            """
            2026-11-26T15:00:00Z SKIPPED_CLOSED XNYS is closed on 2026-11-26: Thanksgiving Day
            2026-11-27T15:00:00Z RUN Friday 27 November 2026 10:00 America/New_York: at 10:00 \
            every day in America/New_York, on trading days of XNYS
            2026-11-28T15:00:00Z SKIPPED_CLOSED XNYS has no session on Saturday 2026-11-28
            2026-11-29T15:00:00Z SKIPPED_CLOSED XNYS has no session on Sunday 2026-11-29
            2026-11-30T15:00:00Z RUN Monday 30 November 2026 10:00 America/New_York: at 10:00 \
            every day in America/New_York, on trading days of XNYS
            """);
  }

  @Test
  void a_session_on_a_sunday_runs() {
    ScheduleRules rules =
        ScheduleRules.of(
            CronTrigger.of("0 10 * * *", "Asia/Kolkata", Optional.of(BuiltInCalendars.xnse())));
    assertThat(next(rules, "2026-01-30T12:00:00Z", 1).runs())
        .extracting(run -> run.scheduledTime() + " " + run.verdict())
        .containsExactly("2026-01-31T04:30:00Z SKIPPED_CLOSED", "2026-02-01T04:30:00Z RUN");
  }

  @Test
  void a_closed_day_full_of_due_times_is_one_entry() {
    ScheduleRules rules =
        ScheduleRules.of(
            CronTrigger.of("* * * * *", NEW_YORK, Optional.of(BuiltInCalendars.xnys())));
    assertThat(lines(next(rules, "2026-11-28T04:59:00Z", 1)))
        .startsWith(
            """
            2026-11-28T05:00:00Z SKIPPED_CLOSED XNYS has no session on Saturday 2026-11-28 (and \
            1439 more times on that day)
            2026-11-29T05:00:00Z SKIPPED_CLOSED XNYS has no session on Sunday 2026-11-29 (and \
            1439 more times on that day)
            2026-11-30T05:00:00Z RUN Monday 30 November 2026 00:00 America/New_York""");
  }

  @Test
  void half_days_are_named_whether_they_run_or_not() {
    ScheduleRules rules =
        ScheduleRules.of(
            SessionTrigger.of(
                BuiltInCalendars.xnys(), SessionAnchor.CLOSE, Duration.ofMinutes(-15), false));
    ScheduleRules without =
        ScheduleRules.of(
            SessionTrigger.of(
                BuiltInCalendars.xnys(), SessionAnchor.CLOSE, Duration.ofMinutes(-15), true));
    assertThat(lines(next(rules, "2026-11-26T00:00:00Z", 1)))
        .isEqualTo(
            """
            2026-11-27T17:45:00Z RUN Friday 27 November 2026 12:45 America/New_York: 15 minutes \
            before the close of XNYS (half day: day after Thanksgiving)
            """);
    assertThat(lines(next(without, "2026-11-26T00:00:00Z", 1)))
        .isEqualTo(
            """
            2026-11-27T17:45:00Z SKIPPED_CLOSED 2026-11-27 is a half day of XNYS (day after \
            Thanksgiving)
            2026-11-30T20:45:00Z RUN Monday 30 November 2026 15:45 America/New_York: 15 minutes \
            before the close of XNYS, not on half days
            """);
  }

  @Test
  void a_schedule_that_only_meets_closed_days_says_so_to_the_end_of_the_calendar() {
    ScheduleRules rules =
        ScheduleRules.of(
            CronTrigger.of("0 10 * * SAT", "UTC", Optional.of(BuiltInCalendars.xnys())));
    Preview preview = next(rules, "2026-11-30T00:00:00Z", 5);
    assertThat(preview.runs())
        .hasSize(213)
        .allMatch(run -> run.verdict() == Verdict.SKIPPED_CLOSED);
    assertThat(preview.ending().orElseThrow())
        .isEqualTo(
            "calendar XNYS does not know 2031-01-01: it holds from 2024-01-01 to 2030-12-31, and has"
                + " to be updated for more");
  }

  @Test
  void sessions_end_with_the_calendar_and_do_not_begin_before_it() {
    ScheduleRules rules =
        ScheduleRules.of(
            SessionTrigger.of(BuiltInCalendars.xnse(), SessionAnchor.OPEN, Duration.ZERO, false));
    Preview end = next(rules, "2026-12-30T12:00:00Z", 5);
    assertThat(end.runs()).hasSize(1);
    assertThat(end.ending().orElseThrow()).contains("XNSE", "2024-01-01 to 2026-12-31");
    Preview before = next(rules, "2023-12-30T12:00:00Z", 5);
    assertThat(before.runs()).isEmpty();
    assertThat(before.ending().orElseThrow()).contains("2023-12-30", "2024-01-01 to 2026-12-31");
  }

  @Test
  void a_schedule_that_never_runs_again_is_said_so_at_once() {
    ScheduleRules rules = cron("30 2 8 3 */7", NEW_YORK).withDst(DstPolicy.WALL_CLOCK);
    long started = ProcessorTime.nanos();
    Preview preview = next(rules, "2026-01-01T00:00:00Z", 3);
    assertThat(ProcessorTime.nanos() - started).isLessThan(2_000_000_000L);
    assertThat(preview.runs()).hasSize(58).allMatch(run -> run.verdict() == Verdict.DST_GAP);
    assertThat(preview.ending()).hasValue("never due again after 2026-01-01T00:00:00Z");
    assertThat(
            next(
                    ScheduleRules.of(new OnceTrigger(at("2026-01-01T00:00:00Z"))),
                    "2026-01-01T00:00:00Z",
                    1)
                .ending())
        .hasValue("never due again after 2026-01-01T00:00:00Z");
  }

  @Test
  void an_end_is_said() {
    ScheduleRules rules =
        cron("0 9 * * *", "UTC").within(Optional.empty(), Optional.of(at("2026-03-06T09:00:00Z")));
    Preview preview = next(rules, "2026-03-04T12:00:00Z", 5);
    assertThat(preview.runs()).hasSize(1);
    assertThat(preview.ending()).hasValue("the schedule ends at 2026-03-06T09:00:00Z");
  }

  @Test
  void a_stretch_of_time_is_shown_and_nothing_more() {
    Preview preview =
        Preview.of(
            new Preview.Request(
                "s",
                cron("0 * * * *", "UTC"),
                Progress.created(at("2026-03-04T12:00:00Z")),
                Optional.of(at("2026-03-04T14:00:00Z")),
                100,
                Optional.empty()));
    assertThat(preview.runs()).hasSize(2);
    assertThat(preview.ending()).isEmpty();
  }

  @Test
  void after_a_completion_only_the_next_run_is_known() {
    ScheduleRules rules =
        ScheduleRules.of(new IntervalTrigger(Duration.ofHours(1), Duration.ZERO, true));
    Preview preview = next(rules, "2026-03-04T12:00:00Z", 5);
    assertThat(lines(preview))
        .isEqualTo("2026-03-04T13:00:00Z RUN 1 hour after the end of the last run\n");
    assertThat(preview.ending()).hasValue("what follows depends on when this run ends");
  }

  @Test
  void from_completion_no_run_is_known_while_one_lasts() {
    ScheduleRules rules =
        ScheduleRules.of(new IntervalTrigger(Duration.ofHours(1), Duration.ZERO, true));
    Progress running = Progress.created(Instant.parse("2026-03-04T12:00:00Z")).running(1);
    Preview preview =
        Preview.of(new Preview.Request("s", rules, running, Optional.empty(), 5, Optional.empty()));
    assertThat(preview.runs()).isEmpty();
    assertThat(preview.ending()).hasValue("what follows depends on when the present run ends");
  }

  @Test
  void runs_that_usually_take_too_long_are_shown_as_the_policy_has_them() {
    ScheduleRules rules = cron("*/10 * * * *", "UTC");
    assertThat(verdicts(rules))
        .containsExactly(
            "RUN",
            "SKIPPED_OVERLAP",
            "SKIPPED_OVERLAP",
            "RUN",
            "SKIPPED_OVERLAP",
            "SKIPPED_OVERLAP");
    assertThat(verdicts(rules.withOverlap(OverlapPolicy.BUFFER_ONE)))
        .containsExactly("RUN", "RUN", "SKIPPED_OVERLAP", "RUN", "SKIPPED_OVERLAP", "RUN");
    assertThat(verdicts(rules.withOverlap(OverlapPolicy.ALLOW)))
        .containsExactly("RUN", "RUN", "RUN", "RUN");
    assertThat(verdicts(rules.withOverlap(OverlapPolicy.CANCEL_OTHER)))
        .containsExactly("RUN", "RUN", "RUN", "RUN");
    assertThat(overlapping(rules).runs().get(1).explanation())
        .isEqualTo("the run of 2026-03-04T12:10:00Z usually takes 25 minutes");
  }

  @Test
  void jitter_is_shown_as_the_time_of_the_start() {
    Preview preview =
        next(cron("0 * * * *", "UTC").withJitter(Duration.ofMinutes(5)), "2026-03-04T12:00:00Z", 3);
    assertThat(preview.runs())
        .allMatch(run -> run.startTime().isBefore(run.scheduledTime().plusSeconds(300)))
        .anyMatch(run -> run.startTime().isAfter(run.scheduledTime()));
  }

  @Test
  void the_number_of_runs_is_bounded() {
    ScheduleRules rules = cron("* * * * * *", "UTC");
    assertThat(next(rules, "2026-03-04T12:00:00Z", 1_000).runs()).hasSize(1_000);
    assertThatThrownBy(() -> next(rules, "2026-03-04T12:00:00Z", 1_001))
        .hasMessageStartingWith("maximum_runs: 1001 is not allowed");
    assertThatThrownBy(() -> next(rules, "2026-03-04T12:00:00Z", 0))
        .hasMessageStartingWith("maximum_runs: 0 is not allowed");
  }

  private static List<String> verdicts(ScheduleRules rules) {
    return overlapping(rules).runs().stream().map(run -> run.verdict().name()).limit(6).toList();
  }

  private static Preview overlapping(ScheduleRules rules) {
    return Preview.of(
        new Preview.Request(
            "s",
            rules,
            Progress.created(at("2026-03-04T12:00:00Z")),
            Optional.empty(),
            4,
            Optional.of(Duration.ofMinutes(25))));
  }

  private static Preview next(ScheduleRules rules, String after, int runs) {
    return Preview.of(Preview.Request.next(rules, at(after), runs));
  }

  private static String lines(Preview preview) {
    StringBuilder text = new StringBuilder();
    for (PreviewedRun run : preview.runs()) {
      text.append(run.scheduledTime())
          .append(' ')
          .append(run.verdict())
          .append(' ')
          .append(run.explanation())
          .append('\n');
    }
    return text.toString();
  }

  private static ScheduleRules cron(String expression, String zone) {
    return ScheduleRules.of(CronTrigger.of(expression, zone, Optional.empty()));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
