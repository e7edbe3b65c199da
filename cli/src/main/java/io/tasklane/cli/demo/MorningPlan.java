package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a trading morning consists of, and what may be ordered when something of it has succeeded.
 *
 * <p>The portfolio is synchronised, the news of all symbols is read in batches, and as soon as the
 * news of two neighbouring symbols is there, their analysis is ordered with it. Nothing is ordered
 * after a task that failed.
 */
final class MorningPlan {
  private static final int NEWS_BATCH = 9;
  private static final int ANALYSIS_BATCH = 2;

  private final List<List<String>> newsBatches;
  private final List<List<String>> unorderedPairs;
  private final Set<String> symbolsWithNews = new HashSet<>();
  private final NewsDesk news = new NewsDesk();

  /**
   * A morning of which nothing is ordered yet.
   *
   * @param symbols each once
   */
  MorningPlan(List<String> symbols) {
    newsBatches = cut(symbols, NEWS_BATCH);
    unorderedPairs = cut(symbols, ANALYSIS_BATCH);
  }

  /** What needs nothing to have happened before. */
  List<Order> opening() {
    List<Order> orders = new ArrayList<>();
    orders.add(Order.portfolio("sync_account_balances", 10, new JsonObject()));
    orders.add(Order.portfolio("update_positions", 9, new JsonObject()));
    newsBatches.forEach(
        batch -> orders.add(Order.about(batch, "DATA_FETCHER", "news_monitoring", 7)));
    return orders;
  }

  /**
   * What may be ordered now.
   *
   * @param order that was carried out
   * @param end how it ended
   */
  List<Order> after(Order order, Ended end) {
    if (!end.succeeded()) {
      return List.of();
    }
    return switch (order.type()) {
      case "update_positions" -> List.of(overnightPnl());
      case "news_monitoring" -> analyses(order, end);
      default -> List.of();
    };
  }

  /** How many analyses could not be ordered because news they need never came. */
  int unordered() {
    return unorderedPairs.size();
  }

  private static Order overnightPnl() {
    JsonObject input = new JsonObject();
    input.addProperty("calculation_type", "overnight");
    return Order.portfolio("calculate_overnight_pnl", 8, input);
  }

  private List<Order> analyses(Order order, Ended end) {
    news.add(end.objects("symbols"));
    symbolsWithNews.addAll(order.symbols());
    List<List<String>> ready =
        unorderedPairs.stream().filter(symbolsWithNews::containsAll).toList();
    unorderedPairs.removeAll(ready);
    return ready.stream().map(this::analysis).toList();
  }

  private Order analysis(List<String> pair) {
    List<JsonObject> digests = news.about(pair);
    int priority = NewsDesk.priority(digests);
    Order order = Order.about(pair, "AI_ANALYSIS", "claude_morning_prep", priority);
    JsonArray array = new JsonArray();
    digests.forEach(array::add);
    JsonObject passed = new JsonObject();
    passed.add("symbols", array);
    order.input().add("news", passed);
    return order;
  }

  private static List<List<String>> cut(List<String> symbols, int size) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < symbols.size(); from += size) {
      batches.add(List.copyOf(symbols.subList(from, Math.min(from + size, symbols.size()))));
    }
    return batches;
  }
}
