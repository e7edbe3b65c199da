package io.tasklane.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.trading.testing.Desk;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The folder src/test/resources/example, written by hand, with every figure worked out by hand: two
 * accounts that began with 60,000 and 20,000 dollars, seen on Friday 2026-11-20 after the close.
 */
class ExampleFolderTest {
  private final Desk desk = Desk.example();

  @Test
  void balances_add_up_and_reconcile_to_the_cent() throws Exception {
    JsonObject result = desk.result("sync_account_balances", "{}");

    // 60000 - 20001.00 - 16010.40 - 10500.50 + 26398.80 + 2259.90 = 42146.80
    // B-200: 20000 - 7500.30 - 2050.10 + 7364.70 - 2760.25 = 15054.05
    assertThat(money(result, "cash_balance")).isEqualTo("57200.85");
    // 42146.80 + 20 x 227.00 + 40 x 402.10; B-200: 15054.05 + 10 x 227.00 + 25 x 110.00
    assertThat(money(result, "total_value")).isEqualTo("82844.85");
    assertThat(result.getBoolean("reconciled")).isTrue();
    assertThat(result.getString("sync_method")).isEqualTo("full");
    assertThat(result.getString("data_source")).isEqualTo("files");
    assertThat(result.getString("as_of")).isEqualTo("2026-11-20");
    JsonObject first = result.getJsonArray("accounts").getJsonObject(0);
    assertThat(first.getString("account_id")).isEqualTo("A-100");
    assertThat(money(first, "day_trading_buying_power")).isEqualTo("168587.20");
    assertThat(first.getString("last_sync")).isEqualTo("2026-11-23T12:00:00Z");
    JsonObject second = result.getJsonArray("accounts").getJsonObject(1);
    assertThat(second.isNull("maintenance_margin")).isTrue();
  }

  @Test
  void positions_have_their_weights_and_first_in_first_out_lots() throws Exception {
    JsonObject result = desk.result("update_positions", "{}");

    assertThat(result.getInt("positions_updated")).isEqualTo(4);
    assertThat(texts(result.getJsonArray("new_positions")))
        .containsExactly("A-100:AAPL", "A-100:MSFT", "B-200:AAPL", "B-200:XOM");
    assertThat(result.getJsonArray("closed_positions")).isEmpty();
    assertThat(result.getJsonArray("validation_errors")).isEmpty();
    JsonArray positions = result.getJsonArray("positions");
    // 4540.00, 16084.00, 2270.00 and 2750.00 of 82844.85
    assertThat(money(positions.getJsonObject(0), "weight")).isEqualTo("0.054801");
    assertThat(money(positions.getJsonObject(1), "weight")).isEqualTo("0.194146");
    assertThat(money(positions.getJsonObject(2), "weight")).isEqualTo("0.027401");
    assertThat(money(positions.getJsonObject(3), "weight")).isEqualTo("0.033195");
    // Of 100 at 200 and 50 at 210, the first 120 and then 10 were sold: 20 at 210 are left.
    assertThat(money(positions.getJsonObject(0), "average_cost")).isEqualTo("210.0000");
    assertThat(positions.getJsonObject(0).getInt("open_lots")).isEqualTo(1);
  }

  @Test
  void the_overnight_gain_is_of_what_was_held_at_the_previous_close() throws Exception {
    JsonObject result = desk.result("calculate_overnight_pnl", "{}");

    // Held at the close of the 19th: AAPL 30 + 10, MSFT 40; XOM was bought later.
    // AAPL 40 x (227.00 - 224.00) = 120.00, MSFT 40 x (402.10 - 405.00) = -116.00
    assertThat(result.getString("calculation_type")).isEqualTo("overnight");
    assertPnl(result, "4.00", "0.00", "4.00", "0.00");
    // 4.00 of 40 x 224.00 + 40 x 405.00 = 25160.00
    assertThat(money(result, "pnl_percentage")).isEqualTo("0.0159");
    // AAPL: 10 sold at 226.00 = 20.00, 20 + 10 kept = 90.00; MSFT -116.00;
    // XOM 25 x (110.00 - 110.40) = -10.00; fees 0.10 + 0.25
    assertThat(money(result, "daily_pnl")).isEqualTo("-16.35");
    assertThat(money(result, "dividends_included")).isEqualTo("0.00");
  }

  @Test
  void the_intraday_gain_begins_at_the_open_and_knows_the_sessions_trades() throws Exception {
    JsonObject result =
        desk.result("calculate_overnight_pnl", "{\"calculation_type\":\"intraday\"}");

    // Realised: AAPL 10 x (226.00 - 225.50) = 5.00
    // Open: AAPL (20 + 10) x (227.00 - 225.50) = 45.00, MSFT 40 x (402.10 - 403.00) = -36.00,
    // XOM 25 x (110.00 - 110.40) = -10.00: together -1.00; fees 0.10 + 0.25
    assertPnl(result, "3.65", "5.00", "-1.00", "0.35");
  }

  @Test
  void the_total_gain_is_what_the_accounts_grew_by() throws Exception {
    JsonObject result = desk.result("calculate_overnight_pnl", "{\"calculation_type\":\"total\"}");

    // Realised: AAPL 100 x 20 + 20 x 10 + 10 x 16 = 2360.00, JPM 30 x (245.50 - 250.00) = -135.00
    // Open: AAPL 20 x 17 + 10 x 22 = 560.00, MSFT 40 x 1.85 = 74.00, XOM 25 x -0.40 = -10.00
    // Fees: 1.00 + 0.40 + 0.30 + 0.50 + 0.10 + 0.30 + 1.20 + 0.10 + 0.25 = 4.15
    // 82844.85 - 60000 - 20000 = 2844.85: the same from the other side
    assertPnl(result, "2844.85", "2225.00", "624.00", "4.15");
    JsonObject withoutFees =
        desk.result(
            "calculate_overnight_pnl", "{\"calculation_type\":\"total\",\"include_fees\":false}");
    assertPnl(withoutFees, "2849.00", "2225.00", "624.00", "0.00");
  }

  @Test
  void an_earlier_day_is_valued_as_it_was_then() throws Exception {
    JsonObject result =
        desk.result(
            "calculate_overnight_pnl", "{\"calculation_type\":\"total\",\"as_of\":\"2026-11-19\"}");

    // Before the trades of the 20th, at the closes of the 19th. Realised: 2200.00 - 135.00.
    // Open: AAPL 30 x (224.00 - 210.00) + 10 x (224.00 - 205.00) = 610.00,
    // MSFT 40 x (405.00 - 400.25) = 190.00; fees 4.15 - 0.10 - 0.25
    assertPnl(result, "2861.20", "2065.00", "800.00", "3.80");
  }

  @Test
  void news_are_good_or_bad_and_counted_once() throws Exception {
    JsonObject result = desk.result("news_monitoring", "{}");

    // Five items: the blog repeats the wire's first, and one of 1 November is too old.
    assertThat(result.getInt("news_items_found")).isEqualTo(3);
    JsonArray digest = result.getJsonArray("symbols");
    // beats 2.4 + raises 1.6 = 4.0; 4 / sqrt(16 + 15)
    assertThat(sentiment(digest, "AAPL")).isCloseTo(0.7184, within(0.0001));
    // falls -1.6 + lawsuit -2.0 = -3.6; -3.6 / sqrt(12.96 + 15)
    assertThat(sentiment(digest, "MSFT")).isCloseTo(-0.6808, within(0.0001));
    // "not" turns profitable 2.0 to -1.48; -1.48 / sqrt(2.1904 + 15)
    assertThat(sentiment(digest, "XOM")).isCloseTo(-0.3570, within(0.0001));
    // "beats estimates" 1.0 x Reuters 1.0 x today 1.0 x 0.7184 is the only impact from 0.6 on;
    // the lawsuit has 0.75 x 0.6808 = 0.5106.
    assertThat(result.getInt("high_impact_events")).isEqualTo(1);
    assertThat(result.getInt("sentiment_alerts")).isEqualTo(1);
    JsonObject news = result.getJsonArray("high_impact_news").getJsonObject(0);
    assertThat(news.getString("symbol")).isEqualTo("AAPL");
    assertThat(news.getString("source")).isEqualTo("Reuters Business");
    assertThat(news.getString("published_at")).isEqualTo("2026-11-20T12:30:00Z");
    assertThat(money(news, "impact_score")).isEqualTo("0.7184");
  }

  @Test
  void a_price_that_rose_a_dollar_a_day_is_overbought_and_promises_too_little() throws Exception {
    JsonObject prep = desk.result("claude_morning_prep", "{\"symbols\":\"jpm\"}");
    JsonObject jpm = prep.getJsonObject("brief").getJsonArray("symbols").getJsonObject(0);

    // 40 closes from 208 to 247: the mean of the last 20 lies 9.5 below; ranges are all 2.00.
    assertThat(money(jpm, "sma20")).isEqualTo("237.5000");
    assertThat(money(jpm, "rsi14")).isEqualTo("100.0000");
    assertThat(money(jpm, "atr14")).isEqualTo("2.0000");
    assertThat(money(jpm, "macd_histogram")).isEqualTo("0.0000");
    assertThat(jpm.isNull("sma50")).isTrue();
    assertThat(texts(prep.getJsonArray("key_risks"))).contains("JPM is overbought, RSI 100.0.");
    assertThat(prep.getBoolean("requires_action")).isFalse();

    // 0.40 x 1 + 0.35 x 0.5 x -0.5 = 0.3125 would buy, but 3 x 2.00 is only 2.4 % of 247.00.
    JsonObject advice =
        desk.result("recommendation_generation", "{\"symbols\":[\"JPM\"]}")
            .getJsonArray("recommendations")
            .getJsonObject(0);
    assertThat(advice.getString("action")).isEqualTo("HOLD");
    assertThat(advice.getString("reasoning")).contains("less than 5 %").contains("+0.31");
    assertThat(money(advice, "target_price")).isEqualTo("253.00");
    assertThat(money(advice, "stop_loss")).isEqualTo("244.00");
  }

  private static void assertPnl(
      JsonObject result, String total, String realised, String unrealised, String fees) {
    assertThat(
            List.of(
                money(result, "total_pnl"),
                money(result, "realized_pnl"),
                money(result, "unrealized_pnl"),
                money(result, "fees_deducted")))
        .containsExactly(total, realised, unrealised, fees);
    assertThat(result.getJsonArray("codes_failed")).isEmpty();
  }

  private static double sentiment(JsonArray digest, String symbol) {
    return digest.getValuesAs(JsonObject.class).stream()
        .filter(news -> news.getString("symbol").equals(symbol))
        .findFirst()
        .orElseThrow()
        .getJsonNumber("sentiment")
        .doubleValue();
  }

  private static String money(JsonObject json, String field) {
    BigDecimal amount = json.getJsonNumber(field).bigDecimalValue();
    return amount.toPlainString();
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }
}
