package io.tasklane.trading.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.trading.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketDataTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  @TempDir Path folder;

  private MarketView files(String now, Optional<LocalDate> configured, Optional<LocalDate> asked) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return MarketData.of(new FileSource(folder), configured, TradingCalendar.nyse(), clock)
        .on(asked);
  }

  @Test
  void a_folder_is_seen_today_up_to_now_unless_a_day_is_given() {
    // 02:00 UTC is still the evening before in New York.
    MarketView view = files("2026-11-24T02:00:00Z", Optional.empty(), Optional.empty());
    assertThat(view.asOf()).isEqualTo("2026-11-23");
    assertThat(view.instant()).isEqualTo("2026-11-24T02:00:00Z");
    assertThat(view.previousClose()).isEqualTo("2026-11-20T21:00:00Z");
  }

  @Test
  void a_given_day_is_seen_to_its_end_and_the_tasks_day_goes_before_the_configured_one() {
    MarketView configured = files("2026-11-24T02:00:00Z", Optional.of(FRIDAY), Optional.empty());
    assertThat(configured.asOf()).isEqualTo(FRIDAY);
    assertThat(configured.instant()).isEqualTo("2026-11-21T05:00:00Z");
    LocalDate sunday = LocalDate.of(2026, 11, 22);
    MarketView asked = files("2026-11-24T02:00:00Z", Optional.of(FRIDAY), Optional.of(sunday));
    assertThat(asked.asOf()).isEqualTo(sunday);
    assertThat(asked.session()).isEqualTo(FRIDAY);
  }

  @Test
  void a_key_does_not_lead_out_of_the_folder() {
    assertThatThrownBy(() -> new FileSource(folder).read("../outside.json"))
        .hasMessageContaining("leads out of the data folder");
  }
}
