package io.tasklane.trading.news;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;

/**
 * The news of one symbol in a nutshell, small enough to travel from task to task.
 *
 * @param symbol ticker
 * @param items how many
 * @param sentiment mean, weighted by impact, -1 to 1; 0 without items
 * @param impact of the item with the greatest, 0 to 1
 * @param impactSentiment sentiment of that item
 * @param headline of that item, empty without items
 */
public record SymbolNews(
    String symbol,
    int items,
    double sentiment,
    double impact,
    double impactSentiment,
    String headline) {

  /** No news. */
  public static SymbolNews none(String symbol) {
    return new SymbolNews(symbol, 0, 0, 0, 0, "");
  }

  /** Sums up the items that speak of a symbol. */
  static SymbolNews of(String symbol, List<ScoredItem> all) {
    List<ScoredItem> own = all.stream().filter(item -> item.symbols().contains(symbol)).toList();
    if (own.isEmpty()) {
      return none(symbol);
    }
    ScoredItem heaviest = own.stream().max(Comparator.comparingDouble(ScoredItem::impact)).get();
    double weight = own.stream().mapToDouble(ScoredItem::impact).sum();
    double sum = own.stream().mapToDouble(item -> item.impact() * item.sentiment()).sum();
    return new SymbolNews(
        symbol,
        own.size(),
        weight == 0 ? 0 : sum / weight,
        heaviest.impact(),
        heaviest.sentiment(),
        heaviest.headline());
  }

  /** As a member of a result. */
  public JsonObject toJson() {
    return JsonText.object()
        .add("symbol", symbol)
        .add("items", items)
        .add("sentiment", Decimals.statistic(sentiment, 4))
        .add("max_impact", Decimals.statistic(impact, 4))
        .add("max_impact_sentiment", Decimals.statistic(impactSentiment, 4))
        .add("headline", headline)
        .build();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param field input field, for messages
   */
  public static SymbolNews fromJson(String field, JsonObject json) {
    return new SymbolNews(
        json.getString("symbol", ""),
        (int) number(field, json, "items", 1_000_000),
        number(field, json, "sentiment", 1),
        number(field, json, "max_impact", 1),
        number(field, json, "max_impact_sentiment", 1),
        json.getString("headline", ""));
  }

  private static double number(String field, JsonObject json, String name, double most) {
    JsonValue value = json.getOrDefault(name, JsonValue.NULL);
    if (value instanceof JsonNumber number && Math.abs(number.doubleValue()) <= most) {
      return number.doubleValue();
    }
    throw DataFault.input(
        field + "." + name, DataFault.shown(json, name), "a number from " + -most + " to " + most);
  }
}
