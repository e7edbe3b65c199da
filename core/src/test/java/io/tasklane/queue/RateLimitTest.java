package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A start counts for a whole period, and the oldest that counts says when the next is allowed. */
class RateLimitTest {
  private static final Instant NOW = Instant.parse("2026-11-30T09:30:00Z");
  private static final RateLimit TWO = new RateLimit(2, Duration.ofSeconds(10));

  private static Instant ago(long millis) {
    return NOW.minusMillis(millis);
  }

  @Test
  void fewer_starts_than_permits_leave_room() {
    assertThat(TWO.opens(List.of(), NOW)).isEmpty();
    assertThat(TWO.opens(List.of(ago(1)), NOW)).isEmpty();
  }

  @Test
  void the_last_starts_as_many_as_permits_decide() {
    assertThat(TWO.opens(List.of(ago(9_000), ago(1)), NOW)).contains(NOW.plusSeconds(1));
    assertThat(TWO.opens(List.of(ago(9_999), ago(5_000), ago(1)), NOW))
        .contains(NOW.plusSeconds(5));
  }

  @Test
  void a_start_is_over_at_the_end_of_its_period() {
    assertThat(TWO.opens(List.of(ago(10_000), ago(1)), NOW)).isEmpty();
    assertThat(TWO.opens(List.of(ago(9_999), ago(1)), NOW)).contains(NOW.plusMillis(1));
  }

  @Test
  void values_out_of_range_are_refused() {
    for (int permits : new int[] {0, -1, RateLimit.MOST_PERMITS + 1}) {
      assertThatThrownBy(() -> new RateLimit(permits, Duration.ofSeconds(1)))
          .hasMessageContaining(permits + " permits is not allowed: 1 to 100000");
    }
    for (Duration period :
        List.of(Duration.ZERO, Duration.ofHours(25), Duration.ofNanos(999_999))) {
      assertThatThrownBy(() -> new RateLimit(1, period)).hasMessageContaining("PT0.001S to PT24H");
    }
    for (long depth : new long[] {-1, QueueLimits.MOST_DEPTH + 1}) {
      assertThatThrownBy(() -> new QueueLimits(Optional.empty(), depth))
          .hasMessageContaining("maximum depth " + depth + " is not allowed");
    }
  }

  @Test
  void it_reads_as_words() {
    assertThat(TWO).hasToString("2 starts within 10 s");
    assertThat(new RateLimit(1, Duration.ofMillis(1500))).hasToString("1 start within 1500 ms");
  }

  @Test
  void a_full_queue_is_counted_again_after_a_time_that_grows_with_it() {
    assertThat(QueueLimits.countAgainAfter(10)).isEqualTo(Duration.ofNanos(100_000));
    assertThat(QueueLimits.countAgainAfter(1_000)).hasMillis(10);
    assertThat(QueueLimits.countAgainAfter(100_000_000)).hasSeconds(1);
    Duration soon = Duration.ofMillis(5);
    assertThat(QueueLimits.isToBeCounted(1_000, 3, 3, soon)).as("there is room").isFalse();
    assertThat(QueueLimits.isToBeCounted(1_000, 3, 4, soon)).as("counted just now").isFalse();
    assertThat(QueueLimits.isToBeCounted(1_000, 3, 4, Duration.ofMillis(10))).isTrue();
    assertThat(QueueLimits.isToBeCounted(1_000, 3, 3, Duration.ofSeconds(1))).isTrue();
    assertThat(QueueLimits.room(5, 9)).isZero();
    assertThat(QueueLimits.room(9, 5)).isEqualTo(4);
  }
}
