package io.tasklane.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.Histogram;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Simulated queues against the formulas of queueing theory. */
class QueueTrialTest {
  private final SplittableRandom random = new SplittableRandom(23);

  /** Runs with a mean of one second. */
  private final Histogram exponential = Known.histogram(50_000, random::nextExponential);

  /** A week of Poisson arrivals. */
  private List<Long> poisson(double perSecond, int minutes) {
    return Stream.generate(
            () -> {
              long count = 0;
              double time = random.nextExponential() / perSecond;
              while (time < 60) {
                count++;
                time += random.nextExponential() / perSecond;
              }
              return count;
            })
        .limit(minutes)
        .toList();
  }

  private static TrialSettings slots(int concurrency) {
    return new TrialSettings(concurrency, Optional.empty(), 1);
  }

  private TrialResult play(QueueLoad load, TrialSettings settings) {
    return new QueueTrial(load, settings.arrivalsFactor(), random).play(settings);
  }

  @Test
  void one_slot_waits_as_the_m_m_1_queue_does() {
    QueueLoad load = new QueueLoad(poisson(0.8, 5_000), exponential, 0, 0);
    TrialResult result = play(load, slots(1));
    // P(wait > t) = rho * exp(-(mu - lambda) * t)
    assertThat(result.waitP50()).isCloseTo(Math.log(0.8 / 0.5) / 0.2, within(0.4));
    assertThat(result.waitP90()).isCloseTo(Math.log(0.8 / 0.1) / 0.2, within(1.5));
    assertThat(result.utilization()).isCloseTo(0.8, within(0.02));
    assertThat(result.arrivals()).isCloseTo(240_000, within(3_000L));
    assertThat(result.depths()).hasSize(120);
  }

  @Test
  void several_slots_wait_as_the_m_m_c_queue_does() {
    QueueLoad load = new QueueLoad(poisson(2.4, 2_000), exponential, 0, 0);
    TrialResult result = play(load, slots(3));
    // Erlang C with 2.4 erlangs on 3 servers is 0.647; P(wait > t) = C * exp(-(c mu - lambda) t)
    assertThat(result.waitP90()).isCloseTo(Math.log(0.647 / 0.1) / 0.6, within(0.3));
  }

  @Test
  void runs_that_all_take_the_same_wait_half_as_long_on_average() {
    Histogram constant = Known.histogram(1000, () -> 0.95 + 0.1 * random.nextDouble());
    QueueLoad load = new QueueLoad(poisson(0.8, 5_000), constant, 0, 0);
    double rho = 0.8 * constant.mean();
    double pollaczek = rho * constant.mean() / (2 * (1 - rho));
    TrialResult result = play(load, slots(1));
    double depth = result.depths().stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat(result.waitP50()).isBetween(0.5 * pollaczek, pollaczek);
    assertThat(depth).as("Little's law").isCloseTo(0.8 * pollaczek, within(0.8));
  }

  @Test
  void twice_as_many_arrivals_than_slots_take_grow_the_backlog_steadily() {
    QueueLoad load = new QueueLoad(Collections.nCopies(60, 60L), exponential, 10, 1);
    TrialResult result = play(load, new TrialSettings(1, Optional.empty(), 2));
    long last = result.depths().get(result.depths().size() - 1);
    assertThat(last).isCloseTo(3600 + 10, within(250L));
    assertThat(result.maximumDepth()).isGreaterThanOrEqualTo(last);
    assertThat(result.utilization()).isCloseTo(1, within(0.01));
    assertThat(result.seconds()).isEqualTo(3600);
    assertThat(result.step()).isEqualTo(30);
  }

  @Test
  void a_rate_limit_bounds_the_starts() {
    QueueLoad load = new QueueLoad(Collections.nCopies(60, 60L), exponential, 0, 0);
    RateLimit limit = new RateLimit(30, Duration.ofMinutes(1));
    TrialResult result = play(load, new TrialSettings(100, Optional.of(limit), 1));
    assertThat(result.depths().get(119)).isCloseTo(1800, within(60L));
  }

  @Test
  void it_proposes_the_lowest_concurrency_that_meets_the_target() {
    QueueLoad load = new QueueLoad(poisson(8, 300), exponential, 0, 0);
    QueueTrial trial = new QueueTrial(load, 1, random);
    int proposed = trial.concurrencyFor(0.1, slots(1)).orElseThrow();
    assertThat(proposed).as("Erlang C says 12 or 13").isBetween(11, 14);
    assertThat(trial.play(slots(proposed)).waitP90()).isLessThanOrEqualTo(0.1);
    assertThat(trial.play(slots(proposed - 1)).waitP90()).isGreaterThan(0.1);
  }

  @Test
  void no_concurrency_helps_against_a_rate_limit_that_is_too_low() {
    QueueLoad load = new QueueLoad(Collections.nCopies(60, 60L), exponential, 0, 0);
    TrialSettings limited =
        new TrialSettings(1, Optional.of(new RateLimit(30, Duration.ofMinutes(1))), 1);
    assertThat(new QueueTrial(load, 1, random).concurrencyFor(1, limited)).isEmpty();
  }

  @Test
  void more_arrivals_than_can_be_played_shorten_the_time() {
    QueueLoad load = new QueueLoad(Collections.nCopies(60, 100_000L), exponential, 0, 0);
    TrialResult result = play(load, slots(1000));
    assertThat(result.seconds()).isEqualTo(180);
    assertThat(result.arrivals()).isEqualTo(300_000);
  }

  @Test
  void a_queue_to_which_nothing_comes_waits_for_nothing() {
    QueueLoad load = new QueueLoad(Collections.nCopies(60, 0L), exponential, 0, 0);
    TrialResult result = play(load, slots(1));
    assertThat(result.waitP95()).isZero();
    assertThat(result.maximumDepth()).isZero();
  }
}
