package io.tasklane.schedule.firing;

import static io.tasklane.schedule.firing.Looks.at;
import static io.tasklane.schedule.firing.Looks.cron;
import static io.tasklane.schedule.firing.Looks.decide;
import static io.tasklane.schedule.firing.Looks.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import org.junit.jupiter.api.Test;

/** Due times that come while a run has not ended. */
class OverlapTest {
  private static final ScheduleRules EACH_MINUTE = cron("* * * * *", "UTC");
  private static final Progress BEGIN = Progress.created(at("2026-03-04T08:00:30Z"));
  private static final String THREE_LATER = "2026-03-04T08:03:30Z";

  @Test
  void skip_runs_the_first_and_counts_the_others() {
    Decision decision = decide(EACH_MINUTE, BEGIN, THREE_LATER);
    assertThat(scheduled(decision)).containsExactly("2026-03-04T08:01:00Z");
    assertThat(decision.overlapSkips()).isEqualTo(2);
    assertThat(decision.skips())
        .extracting(skip -> skip.scheduledTime() + " " + skip.reason())
        .containsExactly("2026-03-04T08:02:00Z OVERLAP", "2026-03-04T08:03:00Z OVERLAP");
  }

  @Test
  void skip_runs_nothing_while_a_run_lasts() {
    Decision decision = decide(EACH_MINUTE, BEGIN.running(1), THREE_LATER);
    assertThat(decision.firings()).isEmpty();
    assertThat(decision.overlapSkips()).isEqualTo(3);
    assertThat(decision.progress().running()).isEqualTo(1);
  }

  @Test
  void buffer_one_keeps_the_first_until_nothing_runs() {
    ScheduleRules rules = EACH_MINUTE.withOverlap(OverlapPolicy.BUFFER_ONE);
    Decision decision = decide(rules, BEGIN, THREE_LATER);
    assertThat(scheduled(decision)).containsExactly("2026-03-04T08:01:00Z");
    assertThat(decision.progress().buffered()).hasValue(at("2026-03-04T08:02:00Z"));
    assertThat(decision.overlapSkips()).isEqualTo(1);

    Progress free = decision.progress().ended(at("2026-03-04T08:20:00Z"));
    Decision later = decide(rules, free, "2026-03-04T08:20:00Z");
    // Older than the window by now, but decided long ago.
    assertThat(scheduled(later)).startsWith("2026-03-04T08:02:00Z");
    assertThat(later.progress().buffered()).hasValue(at("2026-03-04T08:15:00Z"));
    assertThat(later.missed()).isEqualTo(11);
    assertThat(later.overlapSkips()).isEqualTo(5);
  }

  @Test
  void allow_runs_them_all_in_order() {
    Decision decision =
        decide(EACH_MINUTE.withOverlap(OverlapPolicy.ALLOW), BEGIN.running(7), THREE_LATER);
    assertThat(scheduled(decision))
        .containsExactly("2026-03-04T08:01:00Z", "2026-03-04T08:02:00Z", "2026-03-04T08:03:00Z");
    assertThat(decision.firings()).noneMatch(Firing::cancelOthers);
    assertThat(decision.progress().running()).isEqualTo(10);
  }

  @Test
  void cancel_other_runs_them_all_and_each_cancels_what_runs() {
    Decision decision =
        decide(EACH_MINUTE.withOverlap(OverlapPolicy.CANCEL_OTHER), BEGIN, THREE_LATER);
    assertThat(decision.firings())
        .extracting(Firing::cancelOthers)
        .containsExactly(false, true, true);
  }
}
