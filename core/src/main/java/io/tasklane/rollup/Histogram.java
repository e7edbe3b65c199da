package io.tasklane.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * How many durations were seen in each of the {@link DurationBuckets}. Within a bucket they are
 * taken to be spread evenly. Durations are in seconds where they are numbers.
 */
public final class Histogram {
  /** Nothing was seen. */
  public static final Histogram EMPTY = new Histogram(new long[0]);

  private final long[] counts;
  private final long[] upTo;

  private Histogram(long[] counts) {
    this.counts = counts;
    this.upTo = new long[counts.length];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      upTo[i] = sum;
    }
  }

  /**
   * A histogram of these counts.
   *
   * @param counts by index of the bucket; those that are missing at the end are 0
   * @throws IllegalArgumentException for a negative count, and for more counts than buckets
   */
  public static Histogram of(long[] counts) {
    if (counts.length > DurationBuckets.count()) {
      throw new IllegalArgumentException(
          counts.length + " counts are too many: there are " + DurationBuckets.count());
    }
    int used = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException("bucket " + i + " has the count " + counts[i]);
      }
      used = counts[i] > 0 ? i + 1 : used;
    }
    return new Histogram(Arrays.copyOf(counts, used));
  }

  /** A histogram of these durations. */
  public static Histogram of(Iterable<Duration> durations) {
    long[] counts = new long[DurationBuckets.count()];
    durations.forEach(time -> counts[DurationBuckets.of(time)]++);
    return of(counts);
  }

  /** The counts by index of the bucket, up to the last that is not 0. */
  public long[] counts() {
    return counts.clone();
  }

  /** How many durations were seen. */
  public long count() {
    return counts.length == 0 ? 0 : upTo[counts.length - 1];
  }

  /** The counts of both. */
  public Histogram plus(Histogram other) {
    long[] sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
    for (int i = 0; i < other.counts.length; i++) {
      sum[i] += other.counts[i];
    }
    return new Histogram(sum);
  }

  /** The mean in seconds, 0 where nothing was seen. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i] * (DurationBuckets.low(i) + DurationBuckets.high(i)) / 2;
    }
    return count() == 0 ? 0 : sum / count();
  }

  /** The variance in seconds squared, 0 where nothing was seen. */
  public double variance() {
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      double low = DurationBuckets.low(i);
      double high = DurationBuckets.high(i);
      squares += counts[i] * (low * low + low * high + high * high) / 3;
    }
    double mean = mean();
    return count() == 0 ? 0 : Math.max(0, squares / count() - mean * mean);
  }

  /**
   * The duration in seconds that a share of all does not exceed; empty where nothing was seen.
   *
   * @param share 0.0 to 1.0
   */
  public OptionalDouble quantile(double share) {
    return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(at(share * count()));
  }

  /** Draws a duration in seconds; 0 where nothing was seen. */
  public double draw(RandomGenerator random) {
    return count() == 0 ? 0 : at(random.nextDouble() * count());
  }

  /**
   * Draws a duration among those that are longer than this, in seconds. Where none was, it is this
   * one and a tenth more: nothing is known of such a long one.
   */
  public double drawLonger(double seconds, RandomGenerator random) {
    double shorter = below(seconds);
    double longer = count() - shorter;
    return longer < 1e-9
        ? seconds * 1.1
        : Math.max(seconds, at(shorter + random.nextDouble() * longer));
  }

  /** How many durations are not longer than this, with the share of its bucket. */
  private double below(double seconds) {
    int bucket = DurationBuckets.of(seconds);
    if (bucket >= counts.length) {
      return count();
    }
    double low = DurationBuckets.low(bucket);
    double share = Math.min(1, (seconds - low) / (DurationBuckets.high(bucket) - low));
    return upTo[bucket] - counts[bucket] * (1 - Math.max(0, share));
  }

  /** The duration at this rank, 0 to the count. */
  private double at(double rank) {
    int found = Arrays.binarySearch(upTo, (long) Math.ceil(rank));
    int bucket = found >= 0 ? found : -found - 1;
    while (bucket > 0 && upTo[bucket - 1] >= rank) {
      bucket--;
    }
    while (bucket < counts.length - 1 && (upTo[bucket] < rank || counts[bucket] == 0)) {
      bucket++;
    }
    double before = upTo[bucket] - counts[bucket];
    double low = DurationBuckets.low(bucket);
    double high = DurationBuckets.high(bucket);
    return low + (high - low) * Math.min(1, (rank - before) / counts[bucket]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram same && Arrays.equals(counts, same.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return count() + " durations with a mean of " + mean() + " s";
  }
}
