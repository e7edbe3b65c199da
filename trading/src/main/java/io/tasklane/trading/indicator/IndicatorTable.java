package io.tasklane.trading.indicator;

import io.tasklane.trading.market.PriceHistory;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The indicators of one symbol; what needs more prices than there are is empty.
 *
 * @param sma20 mean close of 20 sessions
 * @param sma50 of 50
 * @param sma200 of 200
 * @param rsi14 0 to 100
 * @param macdHistogram in units of price
 * @param atr14 in units of price
 */
public record IndicatorTable(
    OptionalDouble sma20,
    OptionalDouble sma50,
    OptionalDouble sma200,
    OptionalDouble rsi14,
    OptionalDouble macdHistogram,
    OptionalDouble atr14) {
  private static final int WILDER = 14;

  /** Reckons them from the closes, highs and lows. */
  public static IndicatorTable of(PriceHistory prices) {
    double[] closes = prices.column(bar -> bar.close().doubleValue());
    double[] highs = prices.column(bar -> bar.high().doubleValue());
    double[] lows = prices.column(bar -> bar.low().doubleValue());
    return new IndicatorTable(
        Averages.simple(closes, 20),
        Averages.simple(closes, 50),
        Averages.simple(closes, 200),
        Momentum.rsi(closes, WILDER),
        Momentum.macdHistogram(closes),
        Range.atr(highs, lows, closes, WILDER));
  }

  /** How many of the six are known, as a share of 1. */
  public double known() {
    return Stream.of(sma20, sma50, sma200, rsi14, macdHistogram, atr14)
            .filter(OptionalDouble::isPresent)
            .count()
        / 6.0;
  }
}
