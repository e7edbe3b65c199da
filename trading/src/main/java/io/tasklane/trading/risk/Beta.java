package io.tasklane.trading.risk;

import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.PriceHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much prices move when the market moves by one: covariance with the market's daily returns
 * divided by their variance, over the last 60 sessions. The market is the mean of all tracked
 * symbols, each counting alike.
 */
final class Beta {
  private static final int SESSIONS = 60;
  private static final int FEWEST = 20;

  private final Map<LocalDate, Double> market;

  private Beta(Map<LocalDate, Double> market) {
    this.market = market;
  }

  /** Against the market that these symbols make. */
  static Beta against(List<PriceHistory> symbols) {
    Map<LocalDate, List<Double>> byDay = new LinkedHashMap<>();
    symbols.forEach(
        prices ->
            returns(prices)
                .forEach(
                    (day, change) ->
                        byDay.computeIfAbsent(day, any -> new ArrayList<>()).add(change)));
    Map<LocalDate, Double> market = new LinkedHashMap<>();
    byDay.forEach((day, changes) -> market.put(day, mean(changes)));
    return new Beta(market);
  }

  /** Of one symbol; empty with fewer than 20 returns, or when the market never moved. */
  OptionalDouble of(PriceHistory prices) {
    List<Double> own = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    returns(prices)
        .forEach(
            (day, change) -> {
              if (market.containsKey(day)) {
                own.add(change);
                whole.add(market.get(day));
              }
            });
    if (own.size() < FEWEST) {
      return OptionalDouble.empty();
    }
    double variance = covariance(whole, whole);
    return variance == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(covariance(own, whole) / variance);
  }

  /** Close to close, by day, of the last sessions. */
  private static Map<LocalDate, Double> returns(PriceHistory prices) {
    List<Bar> bars = prices.bars();
    Map<LocalDate, Double> returns = new LinkedHashMap<>();
    for (int i = Math.max(1, bars.size() - SESSIONS); i < bars.size(); i++) {
      double before = bars.get(i - 1).close().doubleValue();
      returns.put(bars.get(i).date(), bars.get(i).close().doubleValue() / before - 1);
    }
    return returns;
  }

  private static double covariance(List<Double> a, List<Double> b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (a.get(i) - meanA) * (b.get(i) - meanB);
    }
    return sum / a.size();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
