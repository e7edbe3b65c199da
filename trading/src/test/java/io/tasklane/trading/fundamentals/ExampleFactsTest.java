package io.tasklane.trading.fundamentals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The example folder's companyfacts/AAPL.json, written by hand, with every figure worked out. */
class ExampleFactsTest {
  private final Desk desk = Desk.example();

  @Test
  void trailing_months_are_the_year_and_this_years_months_less_those_of_the_last()
      throws Exception {
    JsonObject aapl = apple("{\"symbols\":\"aapl\"}");

    assertThat(aapl.getString("entity_name")).isEqualTo("Apple Inc.");
    assertThat(aapl.getString("basis")).isEqualTo("ttm");
    assertThat(aapl.getString("period_end")).isEqualTo("2026-06-27");
    // The year to 2025-09-27 was restated from 400 to 410 billion, the nine months to 2025-06-28
    // from 300 to 305; an 8-K with 999 does not count: 410 + 330 - 305
    assertFigure(aapl, "revenue", "435000000000");
    // 100 + 84 - 75
    assertFigure(aapl, "net_income", "109000000000");
    // 109 billion / 15 billion shares of the newest quarter, not of the nine months
    assertFigure(aapl, "eps", "7.2667");
    // The twelve months before: 305 + 390 - 285 = 410; 25 / 410
    assertFigure(aapl, "revenue_growth", "0.0610");
    // 75 + 95 - 70 = 100; 9 / 100
    assertFigure(aapl, "earnings_growth", "0.0900");
  }

  @Test
  void ratios_stand_on_the_newest_balance_and_the_last_close() throws Exception {
    JsonObject aapl = apple("{\"symbols\":\"aapl\"}");

    assertFigure(aapl, "price", "227.00");
    // 227.00 / 7.2667
    assertFigure(aapl, "pe_ratio", "31.2384");
    // 227.00 x 14.9 billion shares / 65 billion, restated from 64
    assertFigure(aapl, "pb_ratio", "52.0354");
    // (80 + 12 + 8) / 65
    assertFigure(aapl, "debt_to_equity", "1.5385");
    // 109 / 65 and 109 / 360
    assertFigure(aapl, "roe", "1.6769");
    assertFigure(aapl, "roa", "0.3028");
    assertFigure(aapl, "shares_outstanding", "14900000000");
    assertFigure(aapl, "public_float", "2900000000000");
    assertThat(aapl.getJsonObject("missing")).isEmpty();
  }

  @Test
  void an_annual_report_holds_from_the_day_it_was_filed() throws Exception {
    // Filed on the 25th; there are no prices after the 20th.
    JsonObject before = apple("{\"symbols\":\"aapl\",\"as_of\":\"2026-11-24\"}");
    assertThat(before.getString("basis")).isEqualTo("ttm");
    JsonObject aapl = apple("{\"symbols\":\"aapl\",\"as_of\":\"2026-11-25\"}");

    assertThat(aapl.getString("basis")).isEqualTo("year");
    assertThat(aapl.getString("accession")).isEqualTo("0000320193-26-000102");
    assertFigure(aapl, "revenue", "445000000000");
    // As reported; 112 billion / any of the share counts gives another figure.
    assertFigure(aapl, "eps", "7.49");
    // 445 / 410 - 1 and 112 / 100 - 1
    assertFigure(aapl, "revenue_growth", "0.0854");
    assertFigure(aapl, "earnings_growth", "0.1200");
    // 112 / 70; assets of that day are not told, so those of June stay the newest.
    assertFigure(aapl, "roe", "1.6000");
    assertFigure(aapl, "roa", "0.3111");
    // Debt is not told for the day of the newest equity, and not guessed.
    assertThat(aapl.isNull("debt_to_equity")).isTrue();
    assertThat(aapl.getJsonObject("missing").getString("debt_to_equity"))
        .isEqualTo("the filings do not tell debt");
  }

  @Test
  void the_past_is_seen_as_it_was_known_then() throws Exception {
    JsonObject aapl = apple("{\"symbols\":\"aapl\",\"as_of\":\"2025-12-01\"}");

    // Before the restatement.
    assertFigure(aapl, "revenue", "400000000000");
    assertFigure(aapl, "eps", "6.50");
    // 400 / 390 - 1
    assertFigure(aapl, "revenue_growth", "0.0256");
    assertThat(aapl.getJsonObject("missing").getString("pe_ratio"))
        .contains("AAPL.csv", "no price");
  }

  @Test
  void symbols_without_a_file_are_reported_beside_the_others() throws Exception {
    JsonObject result = desk.result("fundamentals_update", "{}");

    assertThat(result.getInt("symbols_updated")).isEqualTo(1);
    assertThat(result.getInt("total_codes")).isEqualTo(4);
    assertThat(result.getJsonArray("codes_failed").getValuesAs(v -> v.toString()))
        .containsExactly("\"MSFT\"", "\"JPM\"", "\"XOM\"");
    assertThat(result.getJsonObject("failure_reasons").getString("JPM"))
        .contains("has no file companyfacts/JPM.json");
  }

  @Test
  void only_what_is_asked_for_is_worked_out() throws Exception {
    JsonObject aapl = apple("{\"symbols\":\"aapl\",\"data_types\":[\"ownership\"]}");
    assertThat(aapl).containsKey("public_float").doesNotContainKeys("revenue", "pe_ratio", "price");
  }

  private JsonObject apple(String input) throws Exception {
    return desk.result("fundamentals_update", input).getJsonArray("fundamentals").getJsonObject(0);
  }

  private static void assertFigure(JsonObject json, String name, String value) {
    assertThat(json.getJsonNumber(name).bigDecimalValue().toPlainString())
        .as(name)
        .isEqualTo(value);
  }
}
