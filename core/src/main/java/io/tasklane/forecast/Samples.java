package io.tasklane.forecast;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of samples. */
final class Samples {
  private Samples() {}

  /**
   * The value that a share of the samples does not exceed, by the nearest rank.
   *
   * @param values at least one
   * @param share 0.0 to 1.0
   */
  static double quantile(Collection<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return ofSorted(sorted, share);
  }

  /** The same of an array, which is sorted by this. */
  static double quantile(double[] values, double share) {
    Arrays.sort(values);
    return ofSorted(values, share);
  }

  private static double ofSorted(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }
}
