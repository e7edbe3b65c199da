package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DurationWindowTest {
  private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final DurationWindow window = new DurationWindow();

  @Test
  void without_samples_there_is_no_percentile() {
    assertThat(window.percentile(NINE, MINUTE, 0.5)).isEmpty();
  }

  @Test
  void a_percentile_is_the_sample_of_the_nearest_rank() {
    for (int millis = 100; millis >= 1; millis--) {
      window.add(NINE, Duration.ofMillis(millis));
    }
    assertThat(window.percentile(NINE, MINUTE, 0.50)).contains(Duration.ofMillis(50));
    assertThat(window.percentile(NINE, MINUTE, 0.95)).contains(Duration.ofMillis(95));
    assertThat(window.percentile(NINE, MINUTE, 1.0)).contains(Duration.ofMillis(100));
    assertThat(window.percentile(NINE, MINUTE, 0.0)).contains(Duration.ofMillis(1));
  }

  @Test
  void samples_older_than_the_window_do_not_count() {
    window.add(NINE, Duration.ofMillis(900));
    window.add(NINE.plusSeconds(50), Duration.ofMillis(10));
    assertThat(window.percentile(NINE.plusSeconds(61), MINUTE, 1.0))
        .contains(Duration.ofMillis(10));
  }

  @Test
  void the_last_1024_samples_are_kept() {
    window.add(NINE, Duration.ofDays(1));
    for (int i = 0; i < 1_023; i++) {
      window.add(NINE, Duration.ofMillis(1));
    }
    assertThat(window.percentile(NINE, MINUTE, 1.0)).contains(Duration.ofDays(1));
    window.add(NINE, Duration.ofMillis(1));
    assertThat(window.percentile(NINE, MINUTE, 1.0)).contains(Duration.ofMillis(1));
  }
}
