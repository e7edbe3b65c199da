package io.tasklane.trading.analysis;

import io.tasklane.trading.indicator.IndicatorTable;
import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.news.NewsDigest;
import io.tasklane.trading.portfolio.Portfolio;
import io.tasklane.trading.portfolio.Position;
import io.tasklane.trading.source.MarketView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Gathers the facts about symbols on one day. */
final class BriefDesk {
  private final MarketView view;
  private final NewsDigest news;
  private final Optional<Portfolio> portfolio;

  BriefDesk(MarketView view, NewsDigest news, Optional<Portfolio> portfolio) {
    this.view = view;
    this.news = news;
    this.portfolio = portfolio;
  }

  /** The facts about one symbol; permanent failure where it has no prices. */
  SymbolBrief brief(String symbol) {
    PriceHistory prices = PriceHistory.read(view, symbol);
    List<Position> held =
        portfolio.map(Portfolio::positions).orElse(List.of()).stream()
            .filter(position -> position.symbol().equals(symbol))
            .toList();
    BigDecimal price =
        held.isEmpty() || prices.goesOn() ? prices.last().close() : held.get(0).currentPrice();
    BigDecimal value = portfolio.map(all -> all.value(symbol)).orElse(BigDecimal.ZERO);
    double equity = portfolio.map(all -> all.equity().doubleValue()).orElse(0.0);
    return new SymbolBrief(
        symbol,
        price,
        gap(prices, price),
        IndicatorTable.of(prices),
        news.of(symbol),
        portfolio.map(all -> all.quantity(symbol)).orElse(BigDecimal.ZERO),
        value,
        equity == 0 ? 0 : value.doubleValue() / equity,
        gain(held, price));
  }

  private double gap(PriceHistory prices, BigDecimal price) {
    Optional<Bar> before = prices.before(view.session());
    BigDecimal opened = prices.on(view.session()).map(Bar::open).orElse(price);
    return before
        .map(bar -> 100 * (opened.doubleValue() / bar.close().doubleValue() - 1))
        .orElse(0.0);
  }

  /** Over the average entry of all accounts; a short position gains when the price falls. */
  private static double gain(List<Position> held, BigDecimal price) {
    double cost = 0;
    double gain = 0;
    for (Position position : held) {
      double quantity = position.quantity().doubleValue();
      double entry = position.averageEntryPrice().doubleValue();
      cost += Math.abs(quantity) * entry;
      gain += quantity * (price.doubleValue() - entry);
    }
    return cost == 0 ? 0 : 100 * gain / cost;
  }
}
