package io.tasklane.trading.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskHandler;
import io.tasklane.trading.TradingConfig;
import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.source.MarketView;
import io.tasklane.trading.testing.Desk;
import io.tasklane.trading.testing.RecordedRun;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generated market, seen by the very handlers that read a user's folder. */
class SampleMarketTest {
  private static final long SEED = 42;
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  private static final TradingCalendar NYSE = TradingCalendar.nyse();
  private final Desk desk = new Desk(TradingConfig.sample(SEED));

  private static final SampleSource ON_FRIDAY = source(SEED, FRIDAY);

  private static SampleSource source(long seed, LocalDate asOf) {
    return new SampleSource(seed, asOf, NYSE);
  }

  private static PriceHistory prices(LocalDate asOf, String symbol) {
    return PriceHistory.read(
        new MarketView(
            asOf.equals(FRIDAY) ? ON_FRIDAY : source(SEED, asOf),
            asOf,
            Instant.parse("2030-01-01T00:00:00Z"),
            NYSE),
        symbol);
  }

  @Test
  void it_has_81_symbols_with_a_year_of_prices_each() {
    List<String> symbols = List.copyOf(Listings.read(ON_FRIDAY).bySymbol().keySet());
    assertThat(symbols).hasSize(81);
    assertThat(symbols)
        .allSatisfy(symbol -> assertThat(prices(FRIDAY, symbol).bars()).hasSize(260));
  }

  @Test
  void it_ends_with_the_last_close_on_or_before_the_day() {
    assertThat(prices(FRIDAY, "AAPL").last().date()).isEqualTo(FRIDAY);
    assertThat(prices(LocalDate.of(2026, 11, 22), "AAPL").last().date()).isEqualTo(FRIDAY);
    // Thanksgiving
    assertThat(prices(LocalDate.of(2026, 11, 26), "AAPL").last().date())
        .isEqualTo(LocalDate.of(2026, 11, 25));
  }

  @Test
  void the_same_seed_and_day_give_the_same_bytes_and_another_seed_does_not() {
    SampleSource again = source(SEED, FRIDAY);
    SampleSource other = source(SEED + 1, FRIDAY);
    for (String key :
        List.of(
            "accounts.json", "prices/XOM.csv", "news/sample-wire.xml", "companyfacts/XOM.json")) {
      assertThat(again.read(key)).as(key).isEqualTo(ON_FRIDAY.read(key));
      assertThat(other.read(key)).as(key).isNotEqualTo(ON_FRIDAY.read(key));
    }
  }

  @Test
  void the_next_day_goes_on_where_this_one_ended() {
    PriceHistory friday = prices(FRIDAY, "CAT");
    PriceHistory monday = prices(LocalDate.of(2026, 11, 23), "CAT");
    assertThat(monday.bars().subList(0, 259)).isEqualTo(friday.bars().subList(1, 260));
    String fills = new String(ON_FRIDAY.read("fills.csv"));
    assertThat(new String(source(SEED, FRIDAY.plusDays(3)).read("fills.csv"))).contains(fills);
  }

  @Test
  void accounts_positions_and_fills_agree_to_the_cent_whatever_the_seed() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      Desk any = new Desk(TradingConfig.sample(seed).withAsOf(FRIDAY));
      JsonObject balances = any.result("sync_account_balances", "{}");
      assertThat(balances.getBoolean("reconciled")).as("seed %s", seed).isTrue();
      for (JsonObject check :
          balances.getJsonArray("reconciliation").getValuesAs(JsonObject.class)) {
        assertThat(check.getJsonNumber("difference").bigDecimalValue()).isZero();
      }
      JsonObject positions = any.result("update_positions", "{}");
      assertThat(positions.getJsonArray("validation_errors")).as("seed %s", seed).isEmpty();
      assertThat(positions.getInt("positions_updated")).isPositive();
      // What both accounts began with is what they are worth less what they gained.
      JsonObject pnl = any.result("calculate_overnight_pnl", "{\"calculation_type\":\"total\"}");
      assertThat(amount(balances, "total_value").bigDecimalValue())
          .isEqualTo(amount(pnl, "total_pnl").bigDecimalValue().add(new BigDecimal("210000.00")));
    }
  }

  @Test
  void news_and_prices_move_together() throws Exception {
    JsonObject news = desk.result("news_monitoring", "{}");
    assertThat(news.getString("data_source")).isEqualTo("sample");
    assertThat(news.getInt("news_items_found")).isGreaterThan(20);
    assertThat(news.getInt("high_impact_events")).isPositive();
    for (JsonObject item : news.getJsonArray("high_impact_news").getValuesAs(JsonObject.class)) {
      String symbol = item.getString("symbol");
      LocalDate day = LocalDate.parse(item.getString("published_at").substring(0, 10));
      PriceHistory prices = prices(FRIDAY, symbol);
      double gap =
          prices.on(day).orElseThrow().open().doubleValue()
              - prices.before(day).orElseThrow().close().doubleValue();
      assertThat(Math.signum(gap))
          .as(symbol)
          .isEqualTo(Math.signum(amount(item, "sentiment").doubleValue()));
    }
  }

  @Test
  void without_a_day_it_is_seen_on_the_day_of_the_last_close() throws Exception {
    // The desk's clock stands at Monday 07:00 in New York.
    assertThat(desk.result("sync_account_balances", "{}").getString("as_of"))
        .isEqualTo("2026-11-20");
    JsonObject monday = desk.result("sync_account_balances", "{\"as_of\":\"2026-11-23\"}");
    assertThat(monday.getString("as_of")).isEqualTo("2026-11-20");
  }

  @Test
  void a_day_out_of_its_reach_is_refused() {
    assertThatThrownBy(() -> source(SEED, LocalDate.of(2015, 1, 2)))
        .isInstanceOf(FailureException.class)
        .hasMessageContainingAll("as_of", "2016-07-01", "2040-12-31");
  }

  @Test
  void a_whole_morning_of_81_symbols_works_and_fits_into_payloads() throws Exception {
    int created = 0;
    List<String> symbols = List.copyOf(Listings.read(ON_FRIDAY).bySymbol().keySet());
    for (int i = 0; i < symbols.size(); i += 2) {
      String two = String.join(",", symbols.subList(i, Math.min(i + 2, symbols.size())));
      RecordedRun prep =
          desk.run("{\"include_market_analysis\":false,\"symbols\":\"" + two + "\"}");
      JsonObject result = prep.of(desk.handler("claude_morning_prep"));
      assertThat(result.getJsonArray("codes_failed")).isEmpty();
      assertThat(amount(result, "confidence_score").doubleValue()).isEqualTo(1.0);
      created += prep.children.size();
    }
    assertThat(created).isBetween(3, 38);
    for (TaskHandler handler : desk.handlers()) {
      Payload all = handler.handle(desk.run("{}"));
      assertThat(all.body().length).as(handler.type().name()).isLessThan(Payload.MAX_BYTES);
    }
  }

  private static JsonNumber amount(JsonObject json, String field) {
    return json.getJsonNumber(field);
  }
}
