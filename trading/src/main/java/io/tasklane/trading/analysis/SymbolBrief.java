package io.tasklane.trading.analysis;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.indicator.IndicatorTable;
import io.tasklane.trading.news.SymbolNews;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/**
 * The facts about one symbol.
 *
 * @param symbol ticker
 * @param price now
 * @param gapPercent from the previous close to the session's open, or to the price before the open
 * @param indicators over the daily prices
 * @param news in a nutshell
 * @param held signed quantity in all accounts
 * @param heldValue signed market value
 * @param weight of that value in the portfolio, below 0 when short
 * @param gainPercent of the price over what is held cost; 0 where nothing is held
 */
public record SymbolBrief(
    String symbol,
    BigDecimal price,
    double gapPercent,
    IndicatorTable indicators,
    SymbolNews news,
    BigDecimal held,
    BigDecimal heldValue,
    double weight,
    double gainPercent) {

  /** Whether any of it is held. */
  public boolean isHeld() {
    return held.signum() != 0;
  }

  JsonObject toJson() {
    JsonObjectBuilder json =
        JsonText.object()
            .add("symbol", symbol)
            .add("price", price)
            .add("gap_percent", Decimals.statistic(gapPercent, 4));
    PassedOn.add(json, "sma20", indicators.sma20());
    PassedOn.add(json, "sma50", indicators.sma50());
    PassedOn.add(json, "sma200", indicators.sma200());
    PassedOn.add(json, "rsi14", indicators.rsi14());
    PassedOn.add(json, "macd_histogram", indicators.macdHistogram());
    PassedOn.add(json, "atr14", indicators.atr14());
    return json.add("news", news.toJson())
        .add("held_quantity", held)
        .add("held_value", Decimals.cents(heldValue))
        .add("weight", Decimals.statistic(weight, 6))
        .add("gain_percent", Decimals.statistic(gainPercent, 4))
        .build();
  }

  static SymbolBrief fromJson(JsonObject json) {
    PassedOn facts = new PassedOn("brief.symbols", json);
    IndicatorTable indicators =
        new IndicatorTable(
            facts.optionalStatistic("sma20"),
            facts.optionalStatistic("sma50"),
            facts.optionalStatistic("sma200"),
            facts.optionalStatistic("rsi14"),
            facts.optionalStatistic("macd_histogram"),
            facts.optionalStatistic("atr14"));
    String symbol = facts.text("symbol");
    return new SymbolBrief(
        symbol,
        facts.positive("price"),
        facts.statistic("gap_percent"),
        indicators,
        json.get("news") instanceof JsonObject news
            ? SymbolNews.fromJson("brief.symbols.news", news)
            : SymbolNews.none(symbol),
        facts.decimal("held_quantity"),
        facts.decimal("held_value"),
        facts.statistic("weight"),
        facts.statistic("gain_percent"));
  }
}
