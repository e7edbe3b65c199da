package io.tasklane.trading.analysis;

import io.tasklane.trading.indicator.IndicatorTable;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much speaks for a symbol, each part from -1 to 1; what is not known counts 0.
 *
 * @param trend the price against its averages of 20, 50 and 200 sessions
 * @param momentum MACD histogram against the range, and RSI
 * @param news sentiment, the heavier the more it matters
 */
record Score(double trend, double momentum, double news) {
  private static final double TREND_SHARE = 0.40;
  private static final double MOMENTUM_SHARE = 0.35;
  private static final double NEWS_SHARE = 0.25;
  private static final double OVERBOUGHT = 70;
  private static final double OVERSOLD = 30;

  /** A histogram of a quarter of the average range counts as full speed. */
  private static final double FULL_SPEED = 0.25;

  static Score of(SymbolBrief symbol) {
    double news = symbol.news().sentiment() * (0.5 + 0.5 * symbol.news().impact());
    return new Score(trend(symbol), momentum(symbol.indicators()), news);
  }

  /** All parts together, -1 to 1. */
  double total() {
    return TREND_SHARE * trend + MOMENTUM_SHARE * momentum + NEWS_SHARE * news;
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "score %+.2f (trend %+.2f, momentum %+.2f, news %+.2f)",
        total(),
        trend,
        momentum,
        news);
  }

  private static double trend(SymbolBrief symbol) {
    IndicatorTable table = symbol.indicators();
    double price = symbol.price().doubleValue();
    return Stream.of(table.sma20(), table.sma50(), table.sma200())
        .filter(OptionalDouble::isPresent)
        .mapToDouble(average -> Math.signum(price - average.getAsDouble()))
        .average()
        .orElse(0);
  }

  private static double momentum(IndicatorTable table) {
    double speed = 0;
    if (table.macdHistogram().isPresent() && table.atr14().orElse(0) > 0) {
      speed =
          within(table.macdHistogram().getAsDouble() / (FULL_SPEED * table.atr14().getAsDouble()));
    }
    double strength = table.rsi14().isPresent() ? strength(table.rsi14().getAsDouble()) : 0;
    return 0.5 * speed + 0.5 * strength;
  }

  /** An overbought price is more likely to turn than to go on, and the other way round. */
  private static double strength(double rsi) {
    if (rsi > OVERBOUGHT) {
      return -0.5;
    }
    return rsi < OVERSOLD ? 0.5 : (rsi - 50) / 20;
  }

  private static double within(double value) {
    return Math.max(-1, Math.min(1, value));
  }
}
