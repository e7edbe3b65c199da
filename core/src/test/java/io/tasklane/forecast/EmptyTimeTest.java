package io.tasklane.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a queue is empty, against the first passage times of queueing theory. */
class EmptyTimeTest {
  private final SplittableRandom random = new SplittableRandom(5);
  private final Histogram exponential = Known.histogram(50_000, random::nextExponential);
  private static final TrialSettings ONE = new TrialSettings(1, Optional.empty(), 1);

  private EmptyTime of(long perMinute, Histogram runs, int waiting, TrialSettings settings) {
    return EmptyTime.of(new QueueLoad(List.of(perMinute), runs, waiting, 0), settings, random);
  }

  @Test
  void a_backlog_without_arrivals_takes_the_sum_of_its_runs() {
    EmptyTime time = of(0, exponential, 400, ONE);
    // until the last one starts: 399 runs with mean and variance 1
    assertThat(time.p50()).isCloseTo(399, within(8.0));
    assertThat(time.p90()).isCloseTo(399 + 1.28 * 20, within(9.0));
    assertThat(time.missing()).isEmpty();
  }

  @Test
  void a_large_backlog_is_worked_off_at_the_difference_of_the_rates() {
    EmptyTime played = of(30, exponential, 1_000, ONE);
    assertThat(played.p50()).isCloseTo(2_000, within(40.0));
    // variance of the first passage of an M/M/1 queue: D (lambda + mu) / (mu - lambda)^3
    double deviation = Math.sqrt(1_000 * 1.5 / 0.125);
    assertThat(played.p90() - played.p50()).isCloseTo(1.28 * deviation, within(40.0));
    EmptyTime diffused = of(30, exponential, 10_000, ONE);
    assertThat(diffused.p50()).isCloseTo(20_000, within(600.0));
    assertThat(diffused.p90() - diffused.p50())
        .isCloseTo(1.28 * Math.sqrt(10_000 * 1.5 / 0.125), within(25.0));
  }

  @Test
  void a_queue_that_grows_is_never_empty() {
    assertThat(of(61, exponential, 5, ONE).missing())
        .isEqualTo("as much comes to the queue as it can run, or more");
    RateLimit limit = new RateLimit(10, Duration.ofMinutes(1));
    assertThat(of(11, exponential, 5, new TrialSettings(9, Optional.of(limit), 1)).missing())
        .isNotEmpty();
  }

  @Test
  void a_rate_limit_sets_the_pace() {
    RateLimit limit = new RateLimit(10, Duration.ofMinutes(1));
    EmptyTime time = of(0, exponential, 100, new TrialSettings(50, Optional.of(limit), 1));
    assertThat(time.p50()).isCloseTo(540, within(5.0));
  }

  @Test
  void with_too_few_runs_it_says_so_instead_of_a_figure() {
    Histogram few = Known.histogram(19, () -> 1.0);
    assertThat(of(0, few, 5, ONE).missing())
        .isEqualTo("only 19 runs of this queue are known; an estimate needs 20");
    assertThat(of(0, few, 0, ONE)).isEqualTo(new EmptyTime(0, 0, ""));
  }
}
