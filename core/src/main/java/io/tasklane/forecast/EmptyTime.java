package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.RollupCounts;
import java.util.Arrays;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * When nothing waits in a queue any more. Times are in seconds from now.
 *
 * @param p50 by then with a probability of 50 %
 * @param p90 by then with a probability of 90 %
 * @param missing why nothing can be said, and then the others are 0; else empty
 */
public record EmptyTime(double p50, double p90, String missing) {
  private static final int ROUNDS = 200;
  private static final int MOST_PLAYED = 3_000;
  private static final double NANOS = 1e9;

  /** The standard score of the 90th percentile of a normal distribution. */
  private static final double Z90 = 1.2815515655446004;

  /**
   * Nothing can be said.
   *
   * @param why for people
   */
  public static EmptyTime unknown(String why) {
    return new EmptyTime(0, 0, why);
  }

  /**
   * Forecasts, if as much comes as lately, at random moments.
   *
   * @param settings those of the queue; the factor counts
   */
  public static EmptyTime of(QueueLoad load, TrialSettings settings, RandomGenerator random) {
    if (load.waiting() == 0) {
      return new EmptyTime(0, 0, "");
    }
    if (load.runs().count() < RollupCounts.FEWEST) {
      return unknown(
          "only "
              + load.runs().count()
              + " runs of this queue are known; an estimate needs "
              + RollupCounts.FEWEST);
    }
    double comes = load.rate() * settings.arrivalsFactor();
    double goes = settings.concurrency() / load.runs().mean();
    if (settings.rate().isPresent()) {
      goes = Math.min(goes, perSecond(settings.rate().get()));
    }
    if (comes >= goes) {
      return unknown("as much comes to the queue as it can run, or more");
    }
    double mean = load.waiting() / (goes - comes);
    return load.waiting() + comes * mean <= MOST_PLAYED
        ? played(load, settings, comes, random)
        : diffused(load, comes, goes);
  }

  private static double perSecond(RateLimit limit) {
    return limit.permits() / (limit.period().toNanos() / NANOS);
  }

  /**
   * The first passage of a Brownian motion with drift: Newell, "Applications of Queueing Theory",
   * chapter 4. So many tasks are left that it is nearly normal.
   */
  private static EmptyTime diffused(QueueLoad load, double comes, double goes) {
    double drift = goes - comes;
    double mean = load.waiting() / drift;
    double runs = load.runs().variance() / Math.pow(load.runs().mean(), 2);
    double deviation = Math.sqrt(load.waiting() * (comes + goes * runs) / Math.pow(drift, 3));
    return new EmptyTime(mean, mean + Z90 * deviation, "");
  }

  private static EmptyTime played(
      QueueLoad load, TrialSettings settings, double comes, RandomGenerator random) {
    double[] empty = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      empty[round] = play(load, settings, comes, random);
    }
    double p50 = Samples.quantile(empty, 0.5);
    return new EmptyTime(p50, Samples.quantile(empty, 0.9), "");
  }

  /** The start of the first task after which none has come yet. */
  private static double play(
      QueueLoad load, TrialSettings settings, double comes, RandomGenerator random) {
    PriorityQueue<Double> ends = new PriorityQueue<>();
    for (int i = 0; i < Math.max(load.running(), settings.concurrency()); i++) {
      ends.add(i < load.running() ? load.runs().draw(random) * random.nextDouble() : 0);
    }
    while (ends.size() > settings.concurrency()) {
      ends.poll();
    }
    Optional<RateLimit> rate = settings.rate();
    double[] starts = new double[rate.map(RateLimit::permits).orElse(1)];
    Arrays.fill(starts, Double.NEGATIVE_INFINITY);
    double arrival = next(0, comes, random);
    double start = 0;
    for (int i = 0; i < load.waiting() || arrival <= start; i++) {
      double ready = i < load.waiting() ? 0 : arrival;
      if (i >= load.waiting()) {
        arrival = next(arrival, comes, random);
      }
      double opens =
          rate.isEmpty() ? 0 : starts[i % starts.length] + rate.get().period().toNanos() / NANOS;
      start = Math.max(Math.max(ready, opens), ends.poll());
      starts[i % starts.length] = start;
      ends.add(start + load.runs().draw(random));
    }
    return start;
  }

  private static double next(double from, double rate, RandomGenerator random) {
    return rate == 0 ? Double.POSITIVE_INFINITY : from + random.nextExponential() / rate;
  }
}
