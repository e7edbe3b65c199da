package io.tasklane.trading.analysis;

import io.tasklane.trading.format.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a trade ends: three average ranges away in profit; in loss one and a half, but never
 * farther than the trader's limit.
 *
 * @param target price at which the profit is taken
 * @param stop price at which the loss is
 * @param margin distance to the target as a share of the price
 * @param rewardToRisk distance to the target for each unit to the stop, the R coefficient
 */
record Bracket(BigDecimal target, BigDecimal stop, BigDecimal margin, BigDecimal rewardToRisk) {
  private static final BigDecimal TARGET_RANGES = new BigDecimal("3");
  private static final BigDecimal STOP_RANGES = new BigDecimal("1.5");

  /**
   * For a price that is expected to rise, or to fall.
   *
   * @param atr average true range, above 0
   */
  static Bracket of(BigDecimal price, double atr, RiskTolerance tolerance, boolean rising) {
    BigDecimal range = Decimals.statistic(atr, 4);
    BigDecimal gain = Decimals.cents(range.multiply(TARGET_RANGES));
    BigDecimal limit = price.multiply(tolerance.stopLimit());
    BigDecimal loss =
        Decimals.cents(range.multiply(STOP_RANGES).min(limit)).max(new BigDecimal("0.01"));
    // A price cannot fall below nothing.
    BigDecimal target = rising ? price.add(gain) : price.subtract(gain).max(new BigDecimal("0.01"));
    BigDecimal stop = rising ? price.subtract(loss) : price.add(loss);
    return new Bracket(
        Decimals.cents(target),
        Decimals.cents(stop),
        Decimals.share(gain, price),
        gain.divide(loss, 2, RoundingMode.HALF_EVEN));
  }

  /** Whether it promises enough to be worth a trade. */
  boolean isWorthIt() {
    return margin.compareTo(Limits.MARGIN) >= 0
        && rewardToRisk.compareTo(Limits.REWARD_TO_RISK) >= 0;
  }
}
