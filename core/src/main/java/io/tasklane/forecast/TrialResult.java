package io.tasklane.forecast;

import java.util.List;

/**
 * How a queue would do. Times are in seconds.
 *
 * @param waitP50 half of the tasks that came waited no longer than this
 * @param waitP90 nine of ten did
 * @param waitP95 nineteen of twenty did
 * @param depths how many tasks waited, at moments that are equally far apart, the last at the end
 * @param step between two of these moments
 * @param maximumDepth the most that waited at one of these moments
 * @param utilization share of the slots that were taken, 0.0 to 1.0
 * @param arrivals how many tasks came
 * @param seconds how long it was played
 */
public record TrialResult(
    double waitP50,
    double waitP90,
    double waitP95,
    List<Long> depths,
    double step,
    long maximumDepth,
    double utilization,
    long arrivals,
    double seconds) {
  /** Nothing was played. */
  public static final TrialResult NONE = new TrialResult(0, 0, 0, List.of(), 0, 0, 0, 0, 0);

  /** Copies the list. */
  public TrialResult {
    depths = List.copyOf(depths);
  }
}
