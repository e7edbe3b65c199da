package io.tasklane.trading.indicator;

import java.util.OptionalDouble;

/** How far a price swings. */
public final class Range {
  private Range() {}

  /**
   * Wilder's average true range over n sessions, in units of price; needs n + 1 bars.
   *
   * @param highs oldest first
   * @param lows as long as highs
   * @param closes as long as highs
   */
  public static OptionalDouble atr(double[] highs, double[] lows, double[] closes, int n) {
    if (closes.length <= n) {
      return OptionalDouble.empty();
    }
    double[] ranges = new double[closes.length - 1];
    for (int i = 1; i < closes.length; i++) {
      double top = Math.max(highs[i], closes[i - 1]);
      double bottom = Math.min(lows[i], closes[i - 1]);
      ranges[i - 1] = top - bottom;
    }
    double[] averages = Averages.wilder(ranges, n);
    return OptionalDouble.of(averages[averages.length - 1]);
  }
}
