package io.tasklane.trading.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Publication;
import io.tasklane.trading.TradingConfig;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The risks of the example folder, every figure worked out by hand: AAPL 6810.00, MSFT 16084.00 and
 * XOM 2750.00 of an equity of 82844.85.
 */
class ExampleRisksTest {
  private static final String TYPE = "validate_portfolio_risks";
  private final Desk desk = Desk.example();

  @Test
  void each_measure_has_its_greatest_reading() throws Exception {
    JsonObject metrics = desk.result(TYPE, "{}").getJsonObject("risk_metrics");

    assertFigure(metrics, "symbol_weight", "0.194146");
    assertThat(metrics.getString("symbol_weight_of")).isEqualTo("MSFT");
    // (6810.00 + 16084.00) / 82844.85
    assertFigure(metrics, "sector_weight", "0.276348");
    assertThat(metrics.getString("sector_weight_of")).isEqualTo("Technology");
    // (6810^2 + 16084^2 + 2750^2) / 82844.85^2 = 312633656 / 6863269171.52
    assertFigure(metrics, "hhi", "0.045552");
    // 25644.00 / 82844.85, nothing short and no options
    assertFigure(metrics, "gross_exposure", "0.309542");
    assertFigure(metrics, "net_exposure", "0.309542");
    assertFigure(metrics, "leverage", "0.309542");
    assertFigure(metrics, "open_positions", "3");
    // Four sessions of prices are too few to compare with the market.
    assertThat(metrics.isNull("beta")).isTrue();
    // MSFT: 40 / (0.1 x (22100500 + 20500400 + 19800700) / 3)
    assertFigure(metrics, "days_to_liquidate", "0.000019");
    assertThat(metrics.getString("days_to_liquidate_of")).isEqualTo("MSFT");
    assertFigure(metrics, "long_value", "25644.00");
    assertFigure(metrics, "short_value", "0.00");
    assertThat(metrics).doesNotContainKey("symbol_loss");
  }

  @Test
  void a_broken_limit_is_an_alert_with_a_way_out() throws Exception {
    JsonObject result = desk.result(TYPE, "{}");

    assertThat(result.getBoolean("validation_passed")).isFalse();
    assertThat(result.getString("data_source")).isEqualTo("files");
    JsonArray alerts = result.getJsonArray("alerts");
    assertThat(alerts).hasSize(1);
    JsonObject alert = alerts.getJsonObject(0);
    assertThat(alert.getString("severity")).isEqualTo("error");
    assertThat(alert.getString("check")).isEqualTo("concentration");
    assertThat(alert.getString("measure")).isEqualTo("symbol_weight");
    assertThat(alert.getString("symbol")).isEqualTo("MSFT");
    assertFigure(alert, "value", "0.194146");
    assertFigure(alert, "limit", "0.15");
    // 0.044146 x 82844.85
    assertThat(result.getJsonArray("recommendations").getString(0))
        .isEqualTo("Reduce the position in MSFT by 3657.27: it is 19.41 %, allowed are 15.00 %.");
    // 5 x 0.194146 / 0.15, 5 x 0.309542 / 0.90, and next to nothing
    JsonObject metrics = result.getJsonObject("risk_metrics");
    assertFigure(metrics, "concentration_score", "6.47");
    assertFigure(metrics, "exposure_score", "1.72");
    assertFigure(metrics, "liquidity_score", "0.00");
    // Halfway between 6.47 and (6.47 + 1.72 + 0.00) / 3
    assertFigure(result, "overall_risk_score", "4.60");
  }

  @Test
  void a_tasks_thresholds_hold_over_the_configured_ones() throws Exception {
    String at = "{\"alert_thresholds\":{\"max_symbol_weight\":0.194146}}";
    JsonObject kept = desk.result(TYPE, at);
    assertThat(kept.getBoolean("validation_passed")).isTrue();
    assertThat(kept.getJsonArray("alerts").getJsonObject(0).getString("severity"))
        .isEqualTo("warning");
    assertThat(kept.getJsonArray("recommendations")).isEmpty();
    JsonObject far = desk.result(TYPE, "{\"alert_thresholds\":{\"max_symbol_weight\":0.08}}");
    assertThat(far.getJsonArray("alerts").getValuesAs(JsonObject.class))
        .extracting(alert -> alert.getString("severity") + " " + alert.getString("symbol"))
        .containsExactly("critical MSFT", "error AAPL");
    assertFigure(far.getJsonObject("risk_metrics"), "concentration_score", "10.00");

    Map<RiskMeasure, BigDecimal> own = Map.of(RiskMeasure.SYMBOL_WEIGHT, new BigDecimal("0.5"));
    Desk lenient =
        new Desk(
            TradingConfig.files(Desk.EXAMPLE)
                .withAsOf(LocalDate.of(2026, 11, 20))
                .withRiskLimits(new RiskLimits(own)));
    assertThat(lenient.result(TYPE, "{}").getBoolean("validation_passed")).isTrue();
    assertThat(
            lenient
                .result(TYPE, "{\"alert_thresholds\":{\"max_symbol_weight\":0.1}}")
                .getBoolean("validation_passed"))
        .isFalse();
  }

  @Test
  void losses_are_measured_where_asked_for() throws Exception {
    RecordedRun run =
        desk.run("{\"risk_checks\":[\"losses\"],\"alert_thresholds\":{\"max_symbol_loss\":0.003}}");
    JsonObject result = run.of(desk.handler(TYPE));
    JsonObject metrics = result.getJsonObject("risk_metrics");

    // XOM: 25 x (110.40 - 110.00) of 25 x 110.40; the others stand above their cost.
    assertFigure(metrics, "symbol_loss", "0.003623");
    assertThat(metrics.getString("symbol_loss_of")).isEqualTo("XOM");
    assertFigure(metrics, "open_loss", "0.000121");
    // daily_pnl -16.35 of 82844.85 + 16.35
    assertFigure(metrics, "daily_loss", "0.000197");
    assertThat(metrics).doesNotContainKeys("symbol_weight", "concentration_score");
    assertThat(run.events)
        .extracting(Publication::eventType)
        .containsExactly("risk.stop_loss_trigger");
    assertThat(run.events.get(0).subject()).isEqualTo("symbols/XOM");
  }

  @Test
  void a_breach_is_published_with_what_was_measured_and_a_warning_is_not() throws Exception {
    RecordedRun run = desk.run("{\"alert_thresholds\":{\"max_sector_weight\":0.3}}");
    JsonObject result = run.of(desk.handler(TYPE));
    assertThat(result.getJsonArray("alerts")).hasSize(2);
    assertThat(run.events).hasSize(1);
    Publication event = run.events.get(0);
    assertThat(event.eventType()).isEqualTo("risk.breach");
    assertThat(event.subject()).isEqualTo("symbols/MSFT");
    assertThat(event.data().text())
        .contains("\"severity\":\"error\"", "\"value\":0.194146", "\"limit\":0.15", "\"as_of\"");
  }

  @Test
  void a_portfolio_that_cannot_be_measured_does_not_pass(@TempDir Path folder) throws Exception {
    Desk.copyOfExample(folder);
    Files.delete(folder.resolve("prices/MSFT.csv"));
    Files.writeString(
        folder.resolve("prices/XOM.csv"),
        "Date,Open,High,Low,Close,Volume\n2026-11-20,110.50,110.90,109.70,110.00,0\n");
    String lenient = "{\"alert_thresholds\":{\"max_symbol_weight\":0.5}";
    JsonObject result = Desk.on(folder).result(TYPE, lenient + "}");
    assertThat(result.getJsonArray("alerts")).isEmpty();
    assertThat(result.getBoolean("validation_passed")).isFalse();
    assertThat(result.getJsonObject("failure_reasons").getString("XOM")).contains("no volume");
    assertThat(result.getJsonArray("recommendations").getString(0)).contains("MSFT, XOM");
    // Where no prices are needed, none are missed.
    String concentration = ",\"risk_checks\":[\"concentration\"]}";
    assertThat(
            Desk.on(folder).result(TYPE, lenient + concentration).getBoolean("validation_passed"))
        .isTrue();
  }

  @Test
  void nothing_held_is_nothing_at_risk_and_no_equity_is_a_fault(@TempDir Path folder)
      throws Exception {
    Desk.copyOfExample(folder);
    String positions = Files.readString(folder.resolve("positions.json"));
    Files.writeString(folder.resolve("positions.json"), "[]");
    JsonObject result =
        Desk.on(folder)
            .result(TYPE, "{\"risk_checks\":[\"concentration\",\"exposure\",\"liquidity\"]}");
    assertThat(result.getBoolean("validation_passed")).isTrue();
    assertFigure(result, "overall_risk_score", "0.00");
    Files.writeString(folder.resolve("positions.json"), positions);
    String accounts = Files.readString(folder.resolve("accounts.json"));
    Files.writeString(
        folder.resolve("accounts.json"), accounts.replace("\"62770.80\"", "\"-20074.05\""));
    assertThat(Desk.on(folder).failure(TYPE, "{}"))
        .hasMessageContainingAll("accounts.json", "equity", "0.00", "above 0");
  }

  private static void assertFigure(JsonObject json, String name, String value) {
    assertThat(json.getJsonNumber(name).bigDecimalValue().toPlainString())
        .as(name)
        .isEqualTo(value);
  }
}
