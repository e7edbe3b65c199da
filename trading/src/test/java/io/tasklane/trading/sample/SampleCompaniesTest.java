package io.tasklane.trading.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.trading.TradingConfig;
import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generated companies, seen by the handlers that read a user's folder. */
class SampleCompaniesTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

  @Test
  void every_company_has_all_figures_in_plausible_ranges_whatever_the_seed() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      Desk desk = new Desk(TradingConfig.sample(seed).withAsOf(FRIDAY));
      JsonObject result = desk.result("fundamentals_update", "{}");
      assertThat(result.getInt("symbols_updated")).isEqualTo(81);
      assertThat(result.getString("data_source")).isEqualTo("sample");
      int withoutDebt = 0;
      for (JsonObject each : result.getJsonArray("fundamentals").getValuesAs(JsonObject.class)) {
        assertFigure(each, "revenue", 1e8, 1e13);
        assertFigure(each, "pe_ratio", 3, 120);
        assertFigure(each, "pb_ratio", 0.3, 30);
        assertFigure(each, "roe", 0.01, 1);
        assertFigure(each, "roa", 0.005, 0.5);
        assertFigure(each, "revenue_growth", -0.5, 1);
        assertFigure(each, "earnings_growth", -0.5, 1);
        assertThat(each.getString("basis")).isEqualTo("ttm");
        assertThat(each.getString("period_end")).isEqualTo("2026-09-30");
        if (each.isNull("debt_to_equity")) {
          withoutDebt++;
        } else {
          assertFigure(each, "debt_to_equity", 0.05, 2);
        }
      }
      assertThat(withoutDebt).isBetween(1, 40);
    }
  }

  @Test
  void every_day_of_a_year_gives_twelve_months_and_those_before_them() throws Exception {
    Desk desk = new Desk(TradingConfig.sample(5));
    for (LocalDate day = LocalDate.of(2026, 1, 5); day.getYear() == 2026; day = day.plusWeeks(2)) {
      JsonObject figures =
          desk.result(
                  "fundamentals_update",
                  "{\"symbols\":\"AAPL\",\"data_types\":[\"financials\"],\"as_of\":\""
                      + day
                      + "\"}")
              .getJsonArray("fundamentals")
              .getJsonObject(0);
      assertThat(figures.getJsonObject("missing")).as(day.toString()).isEmpty();
    }
  }

  @Test
  void what_is_filed_stays_filed_until_two_years_have_gone_by() {
    TradingCalendar calendar = TradingCalendar.nyse();
    List<String> friday = facts(new SampleSource(1, FRIDAY, calendar));
    List<String> december = facts(new SampleSource(1, LocalDate.of(2026, 12, 31), calendar));
    assertThat(december).containsAll(friday);
  }

  @Test
  void a_generated_portfolio_is_measured_in_full() throws Exception {
    Desk desk = new Desk(TradingConfig.sample(1).withAsOf(FRIDAY));
    JsonObject result =
        desk.result(
            "validate_portfolio_risks",
            "{\"risk_checks\":[\"concentration\",\"exposure\",\"liquidity\",\"losses\"]}");
    JsonObject metrics = result.getJsonObject("risk_metrics");
    assertThat(metrics.values()).doesNotContain(JsonObject.NULL);
    assertFigure(metrics, "beta", 0.05, 2);
    assertThat(result.getJsonArray("codes_failed")).isEmpty();
  }

  private static List<String> facts(SampleSource source) {
    String json = new String(source.read("companyfacts/AAPL.json"), StandardCharsets.UTF_8);
    return List.of(json.split("[\\[\\]]|(?<=\\}),"));
  }

  private static void assertFigure(JsonObject json, String name, double least, double most) {
    assertThat(json.getJsonNumber(name).doubleValue()).as(name).isBetween(least, most);
  }
}
