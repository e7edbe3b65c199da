package io.tasklane.trading.risk;

import io.tasklane.trading.format.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How much is at stake in all, and how it moves with the market. */
final class Exposure {
  private Exposure() {}

  /**
   * What prices say is left out where they say nothing: the beta where that of one symbol is not
   * known, the leverage where a price behind an option is not.
   */
  static List<Reading> of(Held held, StakePrices prices, RiskLimits limits) {
    List<Reading> readings = new ArrayList<>();
    readings.add(limits.reading(RiskMeasure.GROSS_EXPOSURE, "", held.share(held.gross())));
    readings.add(limits.reading(RiskMeasure.NET_EXPOSURE, "", held.share(held.net().abs())));
    BigDecimal symbols = BigDecimal.valueOf(held.stakes().size());
    readings.add(limits.reading(RiskMeasure.OPEN_POSITIONS, "", symbols));
    if (held.stakes().stream().allMatch(prices::knows)) {
      readings.add(limits.reading(RiskMeasure.LEVERAGE, "", leverage(held, prices)));
      OptionalDouble beta = beta(held, prices);
      if (beta.isPresent()) {
        BigDecimal value = Decimals.statistic(Math.abs(beta.getAsDouble()), 6);
        readings.add(limits.reading(RiskMeasure.BETA, "", value));
      }
    }
    return readings;
  }

  private static BigDecimal leverage(Held held, StakePrices prices) {
    BigDecimal total = BigDecimal.ZERO;
    for (Stake stake : held.stakes()) {
      BigDecimal behind = stake.sharesBehindOptions();
      total = total.add(stake.grossShareValue());
      if (behind.signum() != 0) {
        total = total.add(behind.multiply(prices.last(stake)));
      }
    }
    return held.share(total);
  }

  /** The shares' weights times their betas; options do not count. */
  private static OptionalDouble beta(Held held, StakePrices prices) {
    double beta = 0;
    for (Stake stake : held.stakes()) {
      BigDecimal weight = held.share(stake.shareValue());
      if (weight.signum() == 0) {
        continue;
      }
      OptionalDouble own = prices.beta(stake);
      if (own.isEmpty()) {
        return OptionalDouble.empty();
      }
      beta += weight.doubleValue() * own.getAsDouble();
    }
    return OptionalDouble.of(beta);
  }
}
