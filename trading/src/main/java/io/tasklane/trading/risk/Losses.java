package io.tasklane.trading.risk;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.portfolio.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been lost already: by position, by all of them, and since the previous close. */
final class Losses {
  private Losses() {}

  /**
   * All readings of losses; a gain reads 0.
   *
   * @param dailyGain since the previous close, below 0 for a loss
   */
  static List<Reading> of(Held held, BigDecimal dailyGain, RiskLimits limits) {
    List<Reading> readings = new ArrayList<>();
    Map<String, List<Position>> bySymbol = new LinkedHashMap<>();
    for (Stake stake : held.stakes()) {
      for (Position position : stake.positions()) {
        bySymbol.computeIfAbsent(position.symbol(), any -> new ArrayList<>()).add(position);
      }
    }
    BigDecimal open = BigDecimal.ZERO;
    for (Map.Entry<String, List<Position>> each : bySymbol.entrySet()) {
      BigDecimal loss = loss(gain(each.getValue()));
      open = open.add(loss);
      readings.add(
          limits.reading(
              RiskMeasure.SYMBOL_LOSS, each.getKey(), Decimals.share(loss, cost(each.getValue()))));
    }
    readings.add(limits.reading(RiskMeasure.OPEN_LOSS, "", held.share(open)));
    BigDecimal before = held.equity().subtract(dailyGain);
    readings.add(
        limits.reading(RiskMeasure.DAILY_LOSS, "", Decimals.share(loss(dailyGain), before)));
    return readings;
  }

  private static BigDecimal gain(List<Position> positions) {
    return Held.sum(
        positions.stream()
            .map(
                position ->
                    position
                        .currentPrice()
                        .subtract(position.averageEntryPrice())
                        .multiply(position.quantity())
                        .multiply(position.multiplier()))
            .toList());
  }

  private static BigDecimal cost(List<Position> positions) {
    return Held.sum(
        positions.stream()
            .map(
                position ->
                    position
                        .averageEntryPrice()
                        .multiply(position.quantity().abs())
                        .multiply(position.multiplier()))
            .toList());
  }

  private static BigDecimal loss(BigDecimal gain) {
    return gain.negate().max(BigDecimal.ZERO);
  }
}
