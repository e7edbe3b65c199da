package io.tasklane.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Random RANDOM = new Random(7);

  @Test
  void the_default_rests_1_2_and_4_seconds_and_gives_up_after_the_fourth_attempt() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    assertThat(policy.restAfter(1, RANDOM)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.restAfter(2, RANDOM)).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.restAfter(3, RANDOM)).isEqualTo(Duration.ofSeconds(4));
    assertThat(policy.allowsRetry(3, "X")).isTrue();
    assertThat(policy.allowsRetry(4, "X")).isFalse();
  }

  @Test
  void no_rest_is_longer_than_the_ceiling() {
    RetryPolicy policy =
        policy(100, Duration.ofSeconds(1), 10.0, Duration.ofSeconds(5), 0.0, List.of());
    assertThat(policy.restAfter(2, RANDOM)).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.restAfter(99, RANDOM)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void jitter_takes_away_at_most_its_share_and_uses_all_of_it() {
    RetryPolicy policy =
        policy(4, Duration.ofSeconds(10), 1.0, Duration.ofSeconds(10), 0.2, List.of());
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      long millis = policy.restAfter(1, RANDOM).toMillis();
      least = Math.min(least, millis);
      most = Math.max(most, millis);
    }
    assertThat(least).isBetween(8_000L, 8_100L);
    assertThat(most).isBetween(9_900L, 10_000L);
  }

  @Test
  void one_attempt_turns_retries_off() {
    assertThat(RetryPolicy.attempts(1).allowsRetry(1, "X")).isFalse();
  }

  @Test
  void a_permanent_code_is_never_tried_again() {
    RetryPolicy policy =
        policy(4, Duration.ofSeconds(1), 2.0, Duration.ofHours(1), 0.0, List.of("BAD_KEY"));
    assertThat(policy.allowsRetry(1, "BAD_KEY")).isFalse();
    assertThat(policy.allowsRetry(1, "BUSY")).isTrue();
  }

  @Test
  void a_part_out_of_range_is_named_with_its_value_and_what_is_allowed() {
    Duration one = Duration.ofSeconds(1);
    refused(() -> RetryPolicy.attempts(0), "maximum attempts 0 is not allowed: 1 to 100");
    refused(() -> RetryPolicy.attempts(101), "maximum attempts 101 is not allowed: 1 to 100");
    refused(
        () -> policy(4, one.negated(), 2.0, one, 0.0, List.of()),
        "initial backoff PT-1S is not allowed: 0 s or more");
    refused(
        () -> policy(4, one, 0.5, one, 0.0, List.of()),
        "multiplier 0.5 is not allowed: 1.0 to 10.0");
    refused(
        () -> policy(4, one, Double.NaN, one, 0.0, List.of()),
        "multiplier NaN is not allowed: 1.0 to 10.0");
    refused(
        () -> policy(4, one, 2.0, Duration.ZERO, 0.0, List.of()),
        "maximum backoff PT0S is not allowed: at least the initial backoff");
    refused(
        () -> policy(4, one, 2.0, one, 1.5, List.of()), "jitter 1.5 is not allowed: 0.0 to 1.0");
  }

  private static RetryPolicy policy(
      int attempts, Duration first, double growth, Duration most, double jitter, List<String> no) {
    return new RetryPolicy(attempts, first, growth, most, jitter, no);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
