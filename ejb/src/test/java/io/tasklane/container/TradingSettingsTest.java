package io.tasklane.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.config.Settings;
import io.tasklane.trading.risk.RiskMeasure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TradingSettingsTest {
  @Test
  void a_wrong_source_of_trading_data_is_named() {
    refused(
        () -> TradingSettings.from(settings(Map.of("tasklane.trading.source", "web"))),
        "tasklane.trading.source = \"web\" is not allowed: sample or files");
    refused(
        () ->
            TradingSettings.from(
                settings(
                    Map.of(
                        "tasklane.trading.source", "files",
                        "tasklane.trading.folder", "/no/such/folder"))),
        "tasklane.trading.folder = \"/no/such/folder\" is not allowed: a folder that exists");
    refused(
        () -> TradingSettings.from(settings(Map.of("tasklane.trading.as-of", "today"))),
        "tasklane.trading.as-of = \"today\" is not allowed: a date such as 2026-01-05");
  }

  @Test
  void limits_of_risk_are_read_and_a_wrong_one_is_named() {
    Map<String, String> own = Map.of("tasklane.trading.risk.max-symbol-weight", "0.08");
    assertThat(TradingSettings.from(settings(own)).riskLimits().of(RiskMeasure.SYMBOL_WEIGHT))
        .isEqualByComparingTo("0.08");
    assertThat(TradingSettings.from(settings(own)).riskLimits().of(RiskMeasure.HHI))
        .isEqualTo(RiskMeasure.HHI.usualLimit());
    for (String wrong : List.of("0", "-1", "a lot", "1001")) {
      refused(
          () -> TradingSettings.from(settings(Map.of("tasklane.trading.risk.max-beta", wrong))),
          "tasklane.trading.risk.max-beta = \""
              + wrong
              + "\" is not allowed: a number from 0.000001 to 1000");
    }
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  private static void refused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
