package io.tasklane.trading.analysis;

import java.math.BigDecimal;
import java.util.Optional;

/** What forbids a purchase whatever the score says. */
final class Veto {
  private static final double HIGH_IMPACT = 0.6;
  private static final BigDecimal DAILY_LOSS_PERCENT = new BigDecimal("-3");

  private Veto() {}

  /** The reason, where there is one. */
  static Optional<String> of(SymbolBrief symbol, PortfolioStatus portfolio) {
    if (symbol.news().impact() >= HIGH_IMPACT && symbol.news().impactSentiment() < 0) {
      return Optional.of("bad news of high impact");
    }
    if (symbol.weight() >= Limits.SYMBOL.doubleValue()) {
      return Optional.of("the symbol is 15 % of the portfolio already");
    }
    if (!symbol.isHeld() && portfolio.openPositions() >= Limits.OPEN_POSITIONS) {
      return Optional.of(Limits.OPEN_POSITIONS + " positions are open already");
    }
    if (portfolio.overnightPercent().compareTo(DAILY_LOSS_PERCENT) <= 0) {
      return Optional.of("the portfolio lost 3 % or more overnight");
    }
    return Optional.empty();
  }
}
