package io.tasklane.rollup;

/**
 * What was counted of the tasks of a queue and type in some time.
 *
 * @param arrivals how often a task became ready to run: at its creation, when what it waited for
 *     had come, or again for a retry
 * @param retries runs that failed and were followed by another
 * @param failures runs with which a task failed for good
 * @param waits from ready to the start
 * @param runs runs that succeeded or failed, from their start to their end
 * @param backoffs from a failed run to ready again
 */
public record RollupCounts(
    long arrivals,
    long retries,
    long failures,
    Histogram waits,
    Histogram runs,
    Histogram backoffs) {
  /** Nothing was counted. */
  public static final RollupCounts NONE =
      new RollupCounts(0, 0, 0, Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY);

  /** With fewer runs nothing is said about the next ones. */
  public static final int FEWEST = 20;

  /** The counts of both. */
  public RollupCounts plus(RollupCounts other) {
    return new RollupCounts(
        arrivals + other.arrivals,
        retries + other.retries,
        failures + other.failures,
        waits.plus(other.waits),
        runs.plus(other.runs),
        backoffs.plus(other.backoffs));
  }

  /** Whether so many runs are known that something can be said about the next ones. */
  public boolean areKnown() {
    return runs.count() >= FEWEST;
  }

  /** The share of runs that are followed by another one, 0.0 to 1.0. */
  public double retryShare() {
    return runs.count() == 0 ? 0 : Math.min(1, (double) retries / runs.count());
  }
}
