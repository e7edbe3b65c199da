package io.tasklane.trading.risk;

import io.tasklane.trading.format.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much depends on one symbol or one sector. Long and short within a sector offset. */
final class Concentration {
  private Concentration() {}

  static List<Reading> of(Held held, RiskLimits limits) {
    List<Reading> readings = new ArrayList<>();
    Map<String, BigDecimal> sectors = new LinkedHashMap<>();
    for (Stake stake : held.stakes()) {
      readings.add(
          limits.reading(
              RiskMeasure.SYMBOL_WEIGHT, stake.symbol(), held.share(stake.value().abs())));
      sectors.merge(stake.sector(), stake.value(), BigDecimal::add);
    }
    sectors.forEach(
        (sector, value) ->
            readings.add(
                limits.reading(RiskMeasure.SECTOR_WEIGHT, sector, held.share(value.abs()))));
    readings.add(limits.reading(RiskMeasure.HHI, "", hhi(held)));
    return readings;
  }

  /** Cash does not count: it concentrates nothing. */
  private static BigDecimal hhi(Held held) {
    if (held.stakes().isEmpty()) {
      return Decimals.share(BigDecimal.ZERO, BigDecimal.ZERO);
    }
    BigDecimal squares =
        Held.sum(
            held.stakes().stream().map(stake -> stake.value().multiply(stake.value())).toList());
    return squares.divide(held.equity().multiply(held.equity()), 6, RoundingMode.HALF_EVEN);
  }
}
