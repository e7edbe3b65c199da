package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void a_value_belongs_to_the_first_bucket_whose_bound_it_does_not_exceed() {
    Buckets buckets = new Buckets(1, 2, 4);
    for (double value : new double[] {0, 1, 1.5, 2, 3, 4, 4.1, 1000}) {
      buckets.add(value);
    }
    Distribution seen = buckets.distribution();
    assertThat(seen.upperBounds()).containsExactly(1.0, 2.0, 4.0);
    assertThat(seen.counts()).containsExactly(2L, 2L, 2L, 2L);
    assertThat(seen.count()).isEqualTo(8);
    assertThat(seen.sum()).isEqualTo(1015.6);
  }

  @Test
  void times_are_counted_in_seconds_and_one_below_zero_as_none() {
    Buckets buckets = Buckets.ofSeconds();
    buckets.add(Duration.ofMillis(1500));
    buckets.add(Duration.ofMillis(-5));
    Distribution seen = buckets.distribution();
    assertThat(seen.sum()).isEqualTo(1.5);
    assertThat(seen.counts().get(0)).isOne();
    assertThat(seen.counts().get(seen.upperBounds().indexOf(2.5))).isOne();
  }

  @Test
  void many_threads_lose_no_value() {
    Buckets buckets = new Buckets(10);
    IntStream.range(0, 100_000).parallel().forEach(i -> buckets.add(i % 20));
    assertThat(buckets.distribution().counts()).containsExactly(55_000L, 45_000L);
    assertThat(buckets.distribution().sum()).isEqualTo(950_000);
  }

  @Test
  void counts_that_do_not_belong_to_the_bounds_are_refused() {
    assertThatThrownBy(() -> new Distribution(List.of(1.0), List.of(1L), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
