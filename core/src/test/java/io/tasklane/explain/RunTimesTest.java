package io.tasklane.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What lately took how long says how long the next will take. */
class RunTimesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static RunTimes all(Duration time, int runs) {
    return RunTimes.of(Collections.nCopies(runs, time));
  }

  private static Blocker.Spread until(RunTimes runs, int ends, int slots) {
    return runs.until(ends, slots, new SplittableRandom(7));
  }

  private static void assertAbout(Duration time, Duration expected) {
    assertThat(time)
        .isBetween(
            expected.multipliedBy(80).dividedBy(100), expected.multipliedBy(12).dividedBy(10));
  }

  @Test
  void fewer_than_twenty_runs_say_nothing() {
    assertThat(all(SECOND, 19).areKnown()).isFalse();
    assertThat(all(SECOND, 20).areKnown()).isTrue();
    assertThat(all(SECOND, 19).left(Duration.ZERO)).isEmpty();
    assertThat(all(SECOND, 20).left(Duration.ZERO)).isPresent();
  }

  @Test
  void nothing_ahead_takes_no_time() {
    assertThat(until(all(SECOND, 20), 0, 1))
        .isEqualTo(new Blocker.Spread(Duration.ZERO, Duration.ZERO));
  }

  @Test
  void few_and_many_ends_take_their_sum_over_the_slots() {
    assertAbout(until(all(SECOND, 50), 10, 1).p50(), Duration.ofSeconds(10));
    assertAbout(until(all(SECOND, 50), 10, 5).p50(), Duration.ofSeconds(2));
    assertAbout(until(all(SECOND, 50), 1000, 1).p50(), Duration.ofSeconds(1000));
    assertAbout(until(all(SECOND, 50), 1000, 10).p90(), Duration.ofSeconds(100));
  }

  @Test
  void runs_of_two_kinds_spread_the_sum() {
    List<Duration> mixed = new ArrayList<>(Collections.nCopies(50, Duration.ofMillis(10)));
    mixed.addAll(Collections.nCopies(50, Duration.ofSeconds(10)));
    Blocker.Spread one = until(RunTimes.of(mixed), 1, 1);
    assertThat(one.p90()).isGreaterThan(Duration.ofSeconds(8));
    Blocker.Spread many = until(RunTimes.of(mixed), 400, 1);
    assertAbout(many.p50(), Duration.ofSeconds(2000));
    // 400 draws with a standard deviation of 5 s each
    assertThat(many.p90().minus(many.p50()))
        .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(160));
  }

  @Test
  void of_a_run_that_has_taken_long_only_those_say_something_that_took_longer() {
    List<Duration> mixed = new ArrayList<>(Collections.nCopies(1000, Duration.ofMillis(10)));
    mixed.addAll(Collections.nCopies(30, Duration.ofSeconds(100)));
    RunTimes runs = RunTimes.of(mixed);
    assertThat(runs.left(Duration.ZERO).orElseThrow().p50()).isLessThan(Duration.ofMillis(20));
    assertAbout(runs.left(SECOND).orElseThrow().p50(), Duration.ofSeconds(99));
    assertThat(runs.left(Duration.ofSeconds(200))).isEmpty();
  }

  @Test
  void a_bucket_is_that_of_the_first_bound_that_is_not_below() {
    assertThat(RunTimes.bucket(Duration.ZERO)).isZero();
    assertThat(RunTimes.bucket(Duration.ofMillis(1))).isZero();
    assertThat(RunTimes.bucket(Duration.ofMillis(1).plusNanos(1))).isOne();
    assertThat(RunTimes.bucket(Duration.ofDays(9))).isEqualTo(RunTimes.BOUNDS.size());
  }
}
