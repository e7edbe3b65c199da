package io.tasklane.trading.indicator;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Moving averages; values are oldest first, and too few of them give nothing. */
public final class Averages {
  private Averages() {}

  /** The mean of the last n values. */
  public static OptionalDouble simple(double[] values, int n) {
    return values.length < n
        ? OptionalDouble.empty()
        : Arrays.stream(values, values.length - n, values.length).average();
  }

  /**
   * The exponential averages of factor 2 / (n + 1), the first being the mean of the first n values;
   * one for each value from the n-th on.
   */
  static double[] exponential(double[] values, int n) {
    return smoothed(values, n, 2.0 / (n + 1));
  }

  /** Wilder's averages, of factor 1 / n, begun alike. */
  static double[] wilder(double[] values, int n) {
    return smoothed(values, n, 1.0 / n);
  }

  private static double[] smoothed(double[] values, int n, double factor) {
    if (values.length < n) {
      return new double[0];
    }
    double[] averages = new double[values.length - n + 1];
    averages[0] = Arrays.stream(values, 0, n).average().orElseThrow();
    for (int i = 1; i < averages.length; i++) {
      averages[i] = averages[i - 1] + factor * (values[n - 1 + i] - averages[i - 1]);
    }
    return averages;
  }
}
