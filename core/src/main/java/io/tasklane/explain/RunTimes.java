package io.tasklane.explain;

import io.tasklane.monitor.Distribution;
import io.tasklane.rollup.DurationBuckets;
import io.tasklane.rollup.Histogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * How long runs took lately. Within a bucket of the histogram the runs are taken to be spread
 * evenly; those above its last bound, up to twice that bound.
 *
 * @param seconds the histogram, in seconds
 */
public record RunTimes(Distribution seconds) {
  /** With fewer runs nothing is said about the next ones. */
  public static final int FEWEST = 20;

  /** Upper bounds of buckets from 1 ms to a day, in seconds, each a fifth above the one before. */
  public static final List<Double> BOUNDS =
      DoubleStream.iterate(0.001, bound -> bound < 86_400, bound -> bound * 1.2).boxed().toList();

  private static final int ROUNDS = 400;
  private static final int MOST_DRAWN = 64;

  /** The standard score of the 90th percentile of a normal distribution. */
  private static final double Z90 = 1.2815515655446004;

  private static final double NANOS = 1e9;

  /** The distribution of how long these runs took, given in any order. */
  public static RunTimes of(Collection<Duration> runs) {
    long[] counts = new long[BOUNDS.size() + 1];
    for (Duration run : runs) {
      counts[bucket(run)]++;
    }
    double sum = runs.stream().mapToDouble(run -> run.toNanos() / NANOS).sum();
    return new RunTimes(new Distribution(BOUNDS, LongStream.of(counts).boxed().toList(), sum));
  }

  /** What was counted by other buckets; a run that is longer than all bounds is in the last one. */
  public static RunTimes of(Histogram runs) {
    long[] counts = new long[DurationBuckets.count()];
    System.arraycopy(runs.counts(), 0, counts, 0, runs.counts().length);
    return new RunTimes(
        new Distribution(
            DurationBuckets.bounds(),
            LongStream.of(counts).boxed().toList(),
            runs.count() * runs.mean()));
  }

  /** The index of the bucket of {@link #BOUNDS} that a run belongs to. */
  public static int bucket(Duration run) {
    int found = Collections.binarySearch(BOUNDS, run.toNanos() / NANOS);
    return found >= 0 ? found : -found - 1;
  }

  /** How many runs are known. */
  public long count() {
    return seconds.count();
  }

  /** Whether so many are known that something can be said. */
  public boolean areKnown() {
    return count() >= FEWEST;
  }

  /** How much longer a run takes that has taken this long; empty where too few took longer. */
  public Optional<Blocker.Spread> left(Duration elapsed) {
    double begin = elapsed.toNanos() / NANOS;
    double[] longer = new double[seconds.counts().size()];
    for (int i = 0; i < longer.length; i++) {
      longer[i] = seconds.counts().get(i) * share(i, begin);
    }
    double all = DoubleStream.of(longer).sum();
    return all < FEWEST
        ? Optional.empty()
        : Optional.of(
            new Blocker.Spread(
                time(quantile(longer, all / 2, begin) - begin),
                time(quantile(longer, all * 0.9, begin) - begin)));
  }

  /** The share of a bucket that lies above this value. */
  private double share(int bucket, double begin) {
    double low = low(bucket);
    double high = high(bucket);
    return begin <= low ? 1 : begin >= high ? 0 : (high - begin) / (high - low);
  }

  private double quantile(double[] weights, double rank, double begin) {
    double before = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && before + weights[i] >= rank) {
        double low = Math.max(low(i), begin);
        return low + (high(i) - low) * (rank - before) / weights[i];
      }
      before += weights[i];
    }
    return Math.max(begin, high(weights.length - 1));
  }

  private double low(int bucket) {
    return bucket == 0 ? 0 : seconds.upperBounds().get(bucket - 1);
  }

  private double high(int bucket) {
    List<Double> bounds = seconds.upperBounds();
    return bucket < bounds.size() ? bounds.get(bucket) : 2 * bounds.get(bounds.size() - 1);
  }

  private static Duration time(double seconds) {
    return Duration.ofNanos(Math.round(Math.max(0, seconds) * NANOS));
  }

  /**
   * How long it takes until so many runs have ended.
   *
   * @param ends how many, 0 or more
   * @param slots runs at once, 1 or more
   * @param random draws runs where few decide
   */
  public Blocker.Spread until(int ends, int slots, RandomGenerator random) {
    if (ends == 0) {
      return new Blocker.Spread(Duration.ZERO, Duration.ZERO);
    }
    return ends <= MOST_DRAWN ? drawn(ends, slots, random) : ofMany(ends, slots);
  }

  private Blocker.Spread drawn(int ends, int slots, RandomGenerator random) {
    long all = count();
    LongSupplier rank = () -> random.nextLong(all);
    double[] totals = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double total = LongStream.generate(rank).limit(ends).mapToDouble(r -> draw(r, random)).sum();
      totals[round] = total / slots;
    }
    Arrays.sort(totals);
    return new Blocker.Spread(time(totals[ROUNDS / 2]), time(totals[ROUNDS * 9 / 10]));
  }

  private double draw(long rank, RandomGenerator random) {
    long before = 0;
    int bucket = 0;
    while (before + seconds.counts().get(bucket) <= rank) {
      before += seconds.counts().get(bucket++);
    }
    return low(bucket) + (high(bucket) - low(bucket)) * random.nextDouble();
  }

  /** By the central limit theorem. */
  private Blocker.Spread ofMany(int ends, int slots) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < seconds.counts().size(); i++) {
      double low = low(i);
      double high = high(i);
      long runs = seconds.counts().get(i);
      sum += runs * (low + high) / 2;
      squares += runs * (low * low + low * high + high * high) / 3;
    }
    double mean = sum / count();
    double variance = Math.max(0, squares / count() - mean * mean);
    double half = ends * mean / slots;
    return new Blocker.Spread(time(half), time(half + Z90 * Math.sqrt(ends * variance) / slots));
  }
}
