package io.tasklane.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A histogram says what the durations said that it counts, within the width of its buckets. */
class HistogramTest {
  private static final double ERROR = 0.2 / 2.2;
  private final SplittableRandom random = new SplittableRandom(7);

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private double[] lognormal(int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> 2 * Math.exp(0.8 * random.nextGaussian()));
    return values;
  }

  private static Histogram of(double... values) {
    List<Duration> times = new ArrayList<>();
    Arrays.stream(values).forEach(value -> times.add(seconds(value)));
    return Histogram.of(times);
  }

  @Test
  void a_bucket_is_no_wider_than_the_error_that_is_stated() {
    for (int bucket = 1; bucket < DurationBuckets.count() - 1; bucket++) {
      double low = DurationBuckets.low(bucket);
      double high = DurationBuckets.high(bucket);
      double middle = 2 * low * high / (low + high);
      assertThat((high - middle) / high).isCloseTo(ERROR, within(1e-9));
      assertThat((middle - low) / low).isCloseTo(ERROR, within(1e-9));
    }
  }

  @Test
  void a_duration_is_in_the_bucket_whose_upper_bound_it_does_not_exceed() {
    assertThat(DurationBuckets.of(Duration.ZERO)).isZero();
    assertThat(DurationBuckets.of(Duration.ofSeconds(-5))).isZero();
    assertThat(DurationBuckets.of(Duration.ofMillis(1))).isZero();
    assertThat(DurationBuckets.of(Duration.ofNanos(1_000_001))).isEqualTo(1);
    assertThat(DurationBuckets.of(Duration.ofDays(400))).isEqualTo(DurationBuckets.count() - 1);
  }

  @Test
  void quantiles_mean_and_variance_are_those_of_the_values() {
    double[] values = lognormal(20_000);
    Histogram histogram = of(values);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (double share : new double[] {0.01, 0.1, 0.5, 0.9, 0.99}) {
      double exact = sorted[(int) (share * sorted.length)];
      assertThat(histogram.quantile(share).orElseThrow()).isCloseTo(exact, within(ERROR * exact));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 20_000;
    assertThat(histogram.mean()).isCloseTo(mean, within(0.02 * mean));
    assertThat(histogram.variance()).isCloseTo(variance, within(0.05 * variance));
  }

  @Test
  void what_is_drawn_is_spread_as_the_values_are() {
    Histogram histogram = of(lognormal(20_000));
    double[] drawn = new double[20_000];
    Arrays.setAll(drawn, i -> histogram.draw(random));
    Histogram again = of(drawn);
    for (double share : new double[] {0.05, 0.5, 0.95}) {
      double exact = histogram.quantile(share).orElseThrow();
      assertThat(again.quantile(share).orElseThrow()).isCloseTo(exact, within(0.05 * exact));
    }
  }

  @Test
  void what_has_run_for_a_time_runs_longer_than_that() {
    Histogram histogram = of(1, 1, 1, 1, 5, 5, 5, 5);
    for (int i = 0; i < 500; i++) {
      assertThat(histogram.drawLonger(2, random)).isBetween(4.3, 5.4);
      assertThat(histogram.drawLonger(0, random)).isBetween(0.8, 5.4);
    }
    assertThat(histogram.drawLonger(100, random)).isCloseTo(110, within(1e-6));
  }

  @Test
  void the_sum_of_two_counts_what_both_count() {
    Histogram both = of(0.5, 70).plus(of(0.5, 3, 4000));
    assertThat(both.counts()).isEqualTo(of(0.5, 0.5, 3, 70, 4000).counts());
    assertThat(Histogram.EMPTY.plus(both).counts()).isEqualTo(both.counts());
  }

  @Test
  void nothing_is_said_of_nothing() {
    assertThat(Histogram.EMPTY.quantile(0.5)).isEmpty();
    assertThat(Histogram.EMPTY.mean()).isZero();
    assertThat(Histogram.EMPTY.draw(random)).isZero();
  }

  @Test
  void counts_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> Histogram.of(new long[] {1, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bucket 1 has the count -1");
    assertThatThrownBy(() -> Histogram.of(new long[DurationBuckets.count() + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
