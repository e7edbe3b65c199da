package io.tasklane.trading.indicator;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Whether a price gathers or loses speed. */
public final class Momentum {
  private static final int FAST = 12;
  private static final int SLOW = 26;
  private static final int SIGNAL = 9;
  private static final double FLAT = 50;

  private Momentum() {}

  /**
   * Wilder's relative strength index (New Concepts in Technical Trading Systems, 1978), 0 to 100;
   * 50 for a price that never moved.
   */
  public static OptionalDouble rsi(double[] closes, int n) {
    if (closes.length <= n) {
      return OptionalDouble.empty();
    }
    double[] gains = new double[closes.length - 1];
    double[] losses = new double[closes.length - 1];
    for (int i = 1; i < closes.length; i++) {
      gains[i - 1] = Math.max(0, closes[i] - closes[i - 1]);
      losses[i - 1] = Math.max(0, closes[i - 1] - closes[i]);
    }
    double gain = last(Averages.wilder(gains, n));
    double loss = last(Averages.wilder(losses, n));
    return OptionalDouble.of(gain + loss == 0 ? FLAT : 100 * gain / (gain + loss));
  }

  /** Appel's MACD 12/26 less its signal line 9, in units of price; needs 34 closes. */
  public static OptionalDouble macdHistogram(double[] closes) {
    if (closes.length < SLOW + SIGNAL - 1) {
      return OptionalDouble.empty();
    }
    double[] slow = Averages.exponential(closes, SLOW);
    double[] fast = Averages.exponential(closes, FAST);
    double[] fastLate = Arrays.copyOfRange(fast, fast.length - slow.length, fast.length);
    double[] line = new double[slow.length];
    Arrays.setAll(line, i -> fastLate[i] - slow[i]);
    return OptionalDouble.of(last(line) - last(Averages.exponential(line, SIGNAL)));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }
}
