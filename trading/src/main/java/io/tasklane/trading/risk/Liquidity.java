package io.tasklane.trading.risk;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.PriceHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How many sessions it takes to sell, or to buy back, all shares of a symbol at a tenth of its
 * average volume of the last 20 sessions. Options have no volume here and are left out.
 */
final class Liquidity {
  private static final int SESSIONS = 20;
  private static final BigDecimal PARTICIPATION = new BigDecimal("0.1");

  private Liquidity() {}

  static List<Reading> of(Held held, StakePrices prices, RiskLimits limits) {
    return held.stakes().stream()
        .filter(stake -> stake.sharesToTrade().signum() != 0 && prices.knows(stake))
        .map(
            stake ->
                limits.reading(
                    RiskMeasure.DAYS_TO_LIQUIDATE,
                    stake.symbol(),
                    days(stake.sharesToTrade(), prices.of(stake))))
        .toList();
  }

  /** Refuses a symbol whose shares nobody has traded: no number of sessions would sell them. */
  static void requireVolume(Stake stake, PriceHistory prices) {
    if (stake.sharesToTrade().signum() != 0 && volume(recent(prices)).signum() == 0) {
      throw DataFault.missing(
          "prices/"
              + prices.symbol()
              + ".csv has no volume in its last "
              + recent(prices).size()
              + " sessions, so its shares cannot be sold");
    }
  }

  private static BigDecimal days(BigDecimal shares, PriceHistory prices) {
    List<Bar> recent = recent(prices);
    return shares
        .multiply(BigDecimal.valueOf(recent.size()))
        .divide(volume(recent).multiply(PARTICIPATION), 6, RoundingMode.HALF_EVEN);
  }

  private static List<Bar> recent(PriceHistory prices) {
    List<Bar> bars = prices.bars();
    return bars.subList(Math.max(0, bars.size() - SESSIONS), bars.size());
  }

  private static BigDecimal volume(List<Bar> bars) {
    return Held.sum(bars.stream().map(Bar::volume).toList());
  }
}
