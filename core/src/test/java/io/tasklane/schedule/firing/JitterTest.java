package io.tasklane.schedule.firing;

import static io.tasklane.schedule.firing.Looks.allowing;
import static io.tasklane.schedule.firing.Looks.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.schedule.ScheduleRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A delay of the start that is no part of what a firing is. */
class JitterTest {
  private static final Instant BEGIN = at("2026-03-04T14:59:59Z");

  @Test
  void a_minute_of_ten_seconds_with_a_jitter_of_five_is_six_runs_each_at_its_time() {
    List<Firing> firings =
        everySecond(allowing("*/10 * * * * *").withJitter(Duration.ofSeconds(5)), 60);
    assertThat(firings)
        .extracting(firing -> firing.key().scheduledTime().toString())
        .containsExactly(
            "2026-03-04T15:00:00Z",
            "2026-03-04T15:00:10Z",
            "2026-03-04T15:00:20Z",
            "2026-03-04T15:00:30Z",
            "2026-03-04T15:00:40Z",
            "2026-03-04T15:00:50Z");
    assertThat(firings).allMatch(firing -> delay(firing).compareTo(Duration.ofSeconds(5)) < 0);
    assertThat(firings).extracting(JitterTest::delay).doesNotHaveDuplicates();
  }

  @Test
  void a_jitter_that_reaches_the_next_firing_changes_neither_number_nor_order() {
    ScheduleRules rules = allowing("*/10 * * * * *");
    List<Firing> firings = everySecond(rules.withJitter(Duration.ofHours(2)), 600);
    assertThat(firings)
        .extracting(Firing::key)
        .isEqualTo(everySecond(rules, 600).stream().map(Firing::key).toList());
    assertThat(firings).allMatch(firing -> delay(firing).compareTo(Duration.ofSeconds(10)) < 0);
    assertThat(firings).extracting(Firing::startTime).isSorted();
  }

  @Test
  void every_node_and_every_look_comes_to_the_same_start() {
    ScheduleRules rules = allowing("0 15 * * *").withJitter(Duration.ofMinutes(2));
    Progress progress = Progress.created(BEGIN);
    Firing early =
        new FiringRules("a", rules).decide(progress, at("2026-03-04T15:00:00Z")).firings().get(0);
    Firing late =
        new FiringRules("a", rules).decide(progress, at("2026-03-04T15:04:00Z")).firings().get(0);
    Firing other =
        new FiringRules("b", rules).decide(progress, at("2026-03-04T15:04:00Z")).firings().get(0);
    assertThat(late).isEqualTo(early);
    assertThat(other.startTime()).isNotEqualTo(early.startTime());
  }

  @Test
  void delays_are_spread_over_the_jitter() {
    ScheduleRules rules = allowing("* * * * *").withJitter(Duration.ofSeconds(60));
    List<Firing> firings = everySecond(rules, 60 * 1_000);
    double mean =
        firings.stream().mapToLong(firing -> delay(firing).toMillis()).average().orElseThrow();
    // The mean of 1,000 uniform draws from 60 s has a standard deviation of 0.55 s.
    assertThat(mean).isBetween(27_800.0, 32_200.0);
    for (int quarter = 0; quarter < 4; quarter++) {
      long from = quarter * 15_000L;
      assertThat(firings)
          .filteredOn(f -> delay(f).toMillis() >= from && delay(f).toMillis() < from + 15_000)
          .hasSizeBetween(190, 310);
    }
  }

  @Test
  void the_key_is_schedule_and_scheduled_time() {
    assertThat(new FiringKey("nightly", at("2026-03-04T15:00:00Z")).text())
        .isEqualTo("nightly/2026-03-04T15:00:00Z");
  }

  private static List<Firing> everySecond(ScheduleRules rules, int seconds) {
    FiringRules firing = new FiringRules("s", rules);
    Progress progress = Progress.created(BEGIN);
    List<Firing> all = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      Decision decision = firing.decide(progress, BEGIN.plusSeconds(second));
      all.addAll(decision.firings());
      progress = decision.progress().running(0);
    }
    return all;
  }

  private static Duration delay(Firing firing) {
    return Duration.between(firing.key().scheduledTime(), firing.startTime());
  }
}
