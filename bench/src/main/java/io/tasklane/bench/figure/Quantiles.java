package io.tasklane.bench.figure;

import java.util.Arrays;

/** What lies at which place among many figures. */
public final class Quantiles {
  private final double[] sorted;

  /**
   * Quantiles of these figures.
   *
   * @param figures at least one, in any order
   */
  public Quantiles(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("there is no quantile of nothing");
    }
    sorted = figures.clone();
    Arrays.sort(sorted);
  }

  /**
   * The smallest figure that so many percent of all do not exceed (nearest rank: one that was
   * really measured, never one between two).
   *
   * @param percent more than 0, at most 100
   */
  public double percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " %: more than 0, at most 100 are allowed");
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }

  /** The one in the middle, or half way between the two in the middle. */
  public double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The sum of all, divided by how many there are. */
  public double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }

  /** The largest. */
  public double maximum() {
    return sorted[sorted.length - 1];
  }

  /** How many there are. */
  public int count() {
    return sorted.length;
  }
}
