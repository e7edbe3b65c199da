package io.tasklane.trading.risk;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.market.Listings;
import io.tasklane.trading.portfolio.Portfolio;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is held, and the equity that carries it.
 *
 * @param equity of all accounts; above 0 where anything is held
 * @param stakes one for each symbol, maybe none
 */
record Held(BigDecimal equity, List<Stake> stakes) {

  /** Checks that shares of the equity mean something. */
  Held {
    stakes = List.copyOf(stakes);
    if (!stakes.isEmpty() && equity.signum() <= 0) {
      throw DataFault.invalid(
          "accounts.json equity of all accounts",
          equity.toPlainString(),
          "above 0 while positions are held: limits are shares of it");
    }
  }

  static Held of(Portfolio portfolio, Listings listings) {
    return new Held(portfolio.equity(), Stake.of(portfolio.positions(), listings));
  }

  /** An amount as a share of the equity, six digits. */
  BigDecimal share(BigDecimal amount) {
    return Decimals.share(amount, equity);
  }

  BigDecimal longValue() {
    return sum(stakes.stream().map(Held::longValue).toList());
  }

  /** Not negative. */
  BigDecimal shortValue() {
    return gross().subtract(longValue());
  }

  BigDecimal gross() {
    return sum(stakes.stream().map(Stake::gross).toList());
  }

  BigDecimal net() {
    return sum(stakes.stream().map(Stake::value).toList());
  }

  static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal longValue(Stake stake) {
    return sum(
        stake.positions().stream()
            .map(position -> position.marketValue().max(BigDecimal.ZERO))
            .toList());
  }
}
