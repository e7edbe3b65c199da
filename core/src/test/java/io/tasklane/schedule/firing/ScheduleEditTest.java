package io.tasklane.schedule.firing;

import static io.tasklane.schedule.firing.Looks.allowing;
import static io.tasklane.schedule.firing.Looks.at;
import static io.tasklane.schedule.firing.Looks.cron;
import static io.tasklane.schedule.firing.Looks.decide;
import static io.tasklane.schedule.firing.Looks.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.OnceTrigger;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A creation, an edit or a clock that goes back never makes something run that lies before it. */
class ScheduleEditTest {
  @Test
  void an_edit_by_a_clock_that_is_behind_runs_nothing_again() {
    ScheduleRules rules = cron("* * * * *", "UTC");
    Progress progress =
        decide(rules, Progress.created(at("2026-03-04T08:00:30Z")), "2026-03-04T08:01:00Z")
            .progress()
            .running(0);
    Progress edited = progress.seen(at("2026-03-04T08:00:59Z"));
    assertThat(decide(rules, edited, "2026-03-04T08:01:10Z").firings()).isEmpty();
  }

  @Test
  void the_line_of_what_is_seen_never_goes_back_with_the_clock() {
    ScheduleRules rules = cron("* * * * *", "UTC");
    Progress progress =
        decide(rules, Progress.created(at("2026-03-04T08:00:30Z")), "2026-03-04T08:01:00Z")
            .progress()
            .running(0);
    Decision back = decide(rules, progress, "2026-03-04T08:00:50Z");
    assertThat(back.firings()).isEmpty();
    assertThat(back.progress()).isEqualTo(progress);
    assertThat(decide(rules, back.progress(), "2026-03-04T08:01:30Z").firings()).isEmpty();
  }

  @Test
  void an_edit_does_not_run_what_lies_behind_it() {
    Progress progress =
        decide(
                cron("0 1 * * *", "UTC"),
                Progress.created(at("2026-03-04T00:00:00Z")),
                "2026-03-04T01:00:00Z")
            .progress()
            .ended(at("2026-03-04T01:00:10Z"));
    Progress edited = progress.seen(at("2026-03-04T15:00:00Z"));
    ScheduleRules changed = cron("0 2 * * *", "UTC");
    Decision decision = decide(changed, edited, "2026-03-04T15:00:01Z");
    assertThat(decision.firings()).isEmpty();
    assertThat(decision.missed()).isZero();
    assertThat(new FiringRules("s", changed).nextDue(decision.progress()))
        .hasValue(at("2026-03-05T02:00:00Z"));
  }

  @Test
  void what_was_due_before_a_schedule_was_created_is_not_its_business() {
    ScheduleRules rules =
        cron("0 * * * *", "UTC").within(Optional.of(at("2026-01-01T00:00:00Z")), Optional.empty());
    Decision decision =
        decide(rules, Progress.created(at("2026-03-04T15:00:30Z")), "2026-03-04T15:04:00Z");
    assertThat(decision.firings()).isEmpty();
    assertThat(decision.missed()).isZero();
    assertThat(
            decide(
                    ScheduleRules.of(new OnceTrigger(at("2026-03-04T15:00:00Z"))),
                    Progress.created(at("2026-03-04T15:00:01Z")),
                    "2026-03-04T15:04:00Z")
                .firings())
        .isEmpty();
  }

  @Test
  void an_edit_and_a_disabled_time_keep_the_one_that_waits() {
    ScheduleRules rules = cron("* * * * *", "UTC").withOverlap(OverlapPolicy.BUFFER_ONE);
    Progress waiting =
        decide(
                rules,
                Progress.created(at("2026-03-04T08:00:30Z")).running(1),
                "2026-03-04T08:01:00Z")
            .progress();
    assertThat(waiting.buffered()).hasValue(at("2026-03-04T08:01:00Z"));
    Progress enabled = waiting.seen(at("2026-03-04T15:00:00Z"));
    Decision after =
        decide(
            cron("0 2 * * *", "UTC").withOverlap(OverlapPolicy.BUFFER_ONE),
            enabled.ended(at("2026-03-04T15:00:00Z")),
            "2026-03-04T15:00:01Z");
    assertThat(scheduled(after)).containsExactly("2026-03-04T08:01:00Z");
    assertThat(after.progress().buffered()).isEmpty();
  }

  @Test
  void start_and_end_are_about_scheduled_times() {
    ScheduleRules rules =
        allowing("0 * * * *")
            .within(
                Optional.of(at("2026-03-04T10:00:00Z")), Optional.of(at("2026-03-04T12:00:00Z")))
            .withCatchUp(Duration.ofDays(1))
            .withJitter(Duration.ofMinutes(59));
    Decision decision =
        decide(rules, Progress.created(at("2026-03-04T00:00:00Z")), "2026-03-04T20:00:00Z");
    assertThat(scheduled(decision)).containsExactly("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z");
    assertThat(new FiringRules("s", rules).nextDue(decision.progress())).isEmpty();
  }
}
