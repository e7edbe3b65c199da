package io.tasklane.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The buckets in which durations are counted. Their bounds grow by a constant factor, so that the
 * relative error is the same everywhere: a value is at most 9.1 % ((g - 1) / (g + 1) with g = 1.2)
 * off the middle of its bucket, from 1 ms to a week. See Masson, Rim and Lee, "DDSketch", PVLDB 12
 * (2019), section 2.1. Counts are stored by the index of the bucket, so the bounds never change.
 */
public final class DurationBuckets {
  private static final double FIRST = 0.001;
  private static final double GROWTH = 1.2;
  private static final double LAST = 7 * 86_400.0;
  private static final double NANOS = 1e9;

  private static final double[] BOUNDS =
      DoubleStream.iterate(FIRST, bound -> bound < LAST * GROWTH, bound -> bound * GROWTH)
          .toArray();

  private DurationBuckets() {}

  /** How many buckets there are; the last one has no upper bound. */
  public static int count() {
    return BOUNDS.length + 1;
  }

  /** The upper bounds of the buckets in seconds, ascending; the last bucket has none. */
  public static List<Double> bounds() {
    return DoubleStream.of(BOUNDS).boxed().toList();
  }

  /** Index of the bucket of a duration, from 0; a negative duration counts as zero. */
  public static int of(Duration time) {
    return of(time.toNanos() / NANOS);
  }

  static int of(double seconds) {
    int found = Arrays.binarySearch(BOUNDS, Math.max(0, seconds));
    return found >= 0 ? found : -found - 1;
  }

  /** Lower bound of a bucket in seconds, which is not part of it. */
  static double low(int bucket) {
    return bucket == 0 ? 0 : BOUNDS[bucket - 1];
  }

  /** Upper bound of a bucket in seconds, which is part of it; the last is taken to be as wide. */
  static double high(int bucket) {
    return bucket < BOUNDS.length ? BOUNDS[bucket] : BOUNDS[BOUNDS.length - 1] * GROWTH;
  }
}
