package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final RateWindow window = new RateWindow();

  @Test
  void the_rate_is_over_the_whole_seconds_before_now() {
    window.add(NINE);
    window.add(NINE.plusMillis(999));
    window.add(NINE.plusSeconds(59));
    window.add(NINE.plusSeconds(60)); // this second has not passed
    assertThat(window.perSecond(NINE.plusSeconds(60), MINUTE)).isEqualTo(3 / 60.0);
  }

  @Test
  void what_is_older_than_the_window_does_not_count() {
    window.add(NINE);
    assertThat(window.perSecond(NINE.plusSeconds(60), MINUTE)).isEqualTo(1 / 60.0);
    assertThat(window.perSecond(NINE.plusSeconds(61), MINUTE)).isZero();
  }

  @Test
  void an_hour_later_a_second_is_counted_anew() {
    window.add(NINE);
    window.add(NINE.plusSeconds(3600));
    assertThat(window.perSecond(NINE.plusSeconds(3601), Duration.ofSeconds(1))).isEqualTo(1.0);
  }

  @Test
  void an_event_more_than_an_hour_late_spoils_nothing() {
    window.add(NINE.plusSeconds(3600));
    window.add(NINE);
    assertThat(window.perSecond(NINE.plusSeconds(3601), Duration.ofSeconds(1))).isEqualTo(1.0);
  }
}
