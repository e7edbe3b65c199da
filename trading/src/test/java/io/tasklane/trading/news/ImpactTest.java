package io.tasklane.trading.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImpactTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");

  private static double impact(String headline, String source, Duration age, double sentiment) {
    NewsItem item = new NewsItem("", headline, "", "feed", source, NOW.minus(age));
    return Impact.of(item, sentiment, NOW);
  }

  @Test
  void it_is_event_times_source_times_recency_times_strength() {
    // merger 1.0, Reuters 1.0, fresh, 0.5
    assertThat(impact("A merger", "Reuters", Duration.ofHours(2), -0.5)).isEqualTo(0.5);
    // no event 0.3, unknown source 0.8
    assertThat(impact("A day", "Gazette", Duration.ZERO, 1)).isCloseTo(0.24, within(1e-9));
    // a blog of a known house counts as the longest name that fits
    assertThat(impact("A merger", "Sample Blog", Duration.ZERO, 1)).isEqualTo(0.6);
  }

  @Test
  void it_halves_each_day_after_the_first() {
    assertThat(impact("A merger", "Reuters", Duration.ofHours(24), 1)).isEqualTo(1);
    assertThat(impact("A merger", "Reuters", Duration.ofHours(48), 1)).isEqualTo(0.5);
    assertThat(impact("A merger", "Reuters", Duration.ofHours(72), 1)).isEqualTo(0.25);
  }
}
