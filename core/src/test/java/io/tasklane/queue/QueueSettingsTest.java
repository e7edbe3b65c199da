package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSettingsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"", "fetcher", "1Q", "_Q", "DATA-FETCHER", "Q\n"})
  void an_id_that_is_no_such_word_is_refused_with_the_pattern(String id) {
    refused(
        () -> settings(id, 1, MINUTE, MINUTE),
        "queue id " + id + " is not allowed: [A-Z][A-Z0-9_]{0,62}");
  }

  @Test
  void an_id_has_at_most_63_characters() {
    assertThat(settings("Q".repeat(63), 1, MINUTE, MINUTE).queueId()).hasSize(63);
    refused(() -> settings("Q".repeat(64), 1, MINUTE, MINUTE), "is not allowed");
  }

  @Test
  void a_queue_runs_at_least_one_task_and_at_most_a_thousand_at_once() {
    assertThat(settings("Q", 1000, MINUTE, MINUTE).policy().concurrency()).isEqualTo(1000);
    refused(
        () -> settings("Q", 0, MINUTE, MINUTE), "queue concurrency 0 is not allowed: 1 to 1000");
    refused(() -> settings("Q", 1001, MINUTE, MINUTE), "queue concurrency 1001 is not allowed");
  }

  @Test
  void no_time_may_be_nothing_or_less() {
    refused(
        () -> settings("Q", 1, Duration.ZERO, MINUTE),
        "queue attempt timeout PT0S is not allowed: more than zero");
    refused(
        () -> settings("Q", 1, MINUTE, MINUTE.negated()),
        "queue result TTL PT-1M is not allowed: more than zero");
  }

  private static QueueSettings settings(String id, int runs, Duration timeout, Duration ttl) {
    return new QueueSettings(id, QueuePolicy.concurrently(runs), RetryPolicy.DEFAULT, timeout, ttl);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
