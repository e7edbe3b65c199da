package io.tasklane.cli.demo;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trading morning consists of, and what needs what; the server sees to the rest.
 *
 * <p>The positions need the account balances, the overnight P&L and the check of the risks need the
 * positions. The news of all symbols is read in batches, and the analysis of two neighbouring
 * symbols needs their batch, whose result it is given as its {@code news}. What needs a task that
 * fails is skipped.
 */
final class MorningPlan {
  private static final int ANALYSIS_BATCH = 2;

  /** Even, so that the news of a pair is in one batch. */
  private static final int NEWS_BATCH = 10;

  private final String run;
  private final List<Order> orders = new ArrayList<>();

  /**
   * A morning.
   *
   * @param run distinguishes this morning from others; part of the ids of its tasks, [a-zA-Z0-9._-]
   * @param symbols each once
   */
  MorningPlan(String run, List<String> symbols) {
    this.run = run;
    orderPortfolio();
    List<List<String>> batches = cut(symbols, NEWS_BATCH);
    for (int i = 0; i < batches.size(); i++) {
      orderBatch(i, batches.get(i));
    }
  }

  /** Everything, each after what it needs. */
  List<Order> orders() {
    return List.copyOf(orders);
  }

  private void orderPortfolio() {
    Order balances = portfolio("sync_account_balances", 10, new JsonObject());
    Order positions = portfolio("update_positions", 9, new JsonObject()).after(balances);
    JsonObject overnight = new JsonObject();
    overnight.addProperty("calculation_type", "overnight");
    Order pnl = portfolio("calculate_overnight_pnl", 8, overnight).after(positions);
    Order risks = portfolio("validate_portfolio_risks", 8, new JsonObject()).after(positions);
    orders.addAll(List.of(balances, positions, pnl, risks));
  }

  private Order portfolio(String type, int priority, JsonObject input) {
    return Order.portfolio(run + "-" + type, type, priority, input);
  }

  private void orderBatch(int batch, List<String> symbols) {
    String id = run + "-news-" + batch;
    Order news = Order.about(id, symbols, "DATA_FETCHER", "news_monitoring", 7);
    orders.add(news);
    List<List<String>> pairs = cut(symbols, ANALYSIS_BATCH);
    for (int i = 0; i < pairs.size(); i++) {
      String analysis = run + "-analysis-" + batch + "-" + i;
      orders.add(
          Order.about(analysis, pairs.get(i), "AI_ANALYSIS", "claude_morning_prep", 5)
              .given("news", news));
    }
  }

  private static List<List<String>> cut(List<String> symbols, int size) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < symbols.size(); from += size) {
      batches.add(List.copyOf(symbols.subList(from, Math.min(from + size, symbols.size()))));
    }
    return batches;
  }
}
