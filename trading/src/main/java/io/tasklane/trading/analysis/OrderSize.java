package io.tasklane.trading.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;

/** How many shares may be bought: what the stop may lose, and then every cap. */
final class OrderSize {
  private OrderSize() {}

  /** Whole shares; 0 where a cap leaves no room for one. */
  static BigDecimal shares(SymbolBrief symbol, Bracket bracket, PortfolioStatus portfolio) {
    BigDecimal value = portfolio.totalValue();
    BigDecimal distance = symbol.price().subtract(bracket.stop()).abs();
    BigDecimal byRisk =
        value
            .multiply(Limits.RISK_PER_TRADE)
            .divide(distance, 0, RoundingMode.DOWN)
            .max(BigDecimal.ONE);
    BigDecimal room =
        Stream.of(
                value.multiply(Limits.ORDER),
                value.multiply(Limits.SYMBOL).subtract(symbol.heldValue().abs()),
                value.multiply(Limits.EXPOSURE).subtract(portfolio.invested()),
                portfolio.cash())
            .reduce(BigDecimal::min)
            .orElseThrow();
    BigDecimal affordable = room.divide(symbol.price(), 0, RoundingMode.DOWN);
    return byRisk.min(affordable).max(BigDecimal.ZERO);
  }
}
