package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Plays a queue with other settings: the arrivals of the past come again, from the present state
 * on, at random moments of their minutes; each takes a run time of those of the past. Whoever came
 * first starts first: priorities change whose wait it is, and not how many wait. What is drawn is
 * drawn once, so that settings are compared by the same tasks.
 */
public final class QueueTrial {
  /** With more arrivals a shorter time is played. */
  static final int MOST_ARRIVALS = 300_000;

  private static final int POINTS = 120;
  private static final double MINUTE = 60;
  private static final double NANOS = 1e9;

  private final QueueLoad load;
  private final double[] arrivals;
  private final double[] runs;
  private final double seconds;

  /**
   * Draws the tasks.
   *
   * @param arrivalsFactor how many tasks come for each that came, more than 0
   */
  public QueueTrial(QueueLoad load, double arrivalsFactor, RandomGenerator random) {
    this.load = load;
    double[] times = new double[MOST_ARRIVALS];
    int used = 0;
    int minute = 0;
    boolean full = false;
    while (minute < load.minutes().size() && !full) {
      double wanted = load.minutes().get(minute) * arrivalsFactor;
      long count = (long) wanted + (random.nextDouble() < wanted - Math.floor(wanted) ? 1 : 0);
      full = used + count > MOST_ARRIVALS && minute > 0;
      for (long i = 0; i < count && used < MOST_ARRIVALS && !full; i++) {
        times[used++] = (minute + random.nextDouble()) * MINUTE;
      }
      minute += full ? 0 : 1;
    }
    this.seconds = minute * MINUTE;
    this.arrivals = Arrays.copyOf(times, used);
    Arrays.sort(arrivals);
    this.runs = new double[load.running() + load.waiting() + used];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = load.runs().draw(random);
    }
  }

  /** Plays the queue with these settings; the factor in them has been used before. */
  public TrialResult play(TrialSettings settings) {
    double[] starts = starts(settings);
    double[] waits = new double[arrivals.length];
    double busy = 0;
    for (int i = 0; i < starts.length; i++) {
      busy += Math.max(0, Math.min(seconds, starts[i] + runs[i]) - Math.min(seconds, starts[i]));
    }
    int before = starts.length - arrivals.length;
    for (int i = 0; i < waits.length; i++) {
      waits[i] = starts[before + i] - arrivals[i];
    }
    List<Long> depths = depths(Arrays.copyOfRange(starts, load.running(), starts.length));
    Arrays.sort(waits);
    return new TrialResult(
        waits.length == 0 ? 0 : Samples.quantile(waits, 0.5),
        waits.length == 0 ? 0 : Samples.quantile(waits, 0.9),
        waits.length == 0 ? 0 : Samples.quantile(waits, 0.95),
        depths,
        seconds / POINTS,
        depths.stream().mapToLong(Long::longValue).max().orElse(0),
        Math.min(1, busy / (seconds * settings.concurrency())),
        arrivals.length,
        seconds);
  }

  /** When each task starts: those that run, those that wait, those that come. */
  private double[] starts(TrialSettings settings) {
    double[] starts = new double[runs.length];
    PriorityQueue<Double> ends = new PriorityQueue<>();
    int limited = load.running();
    for (int i = 0; i < starts.length; i++) {
      int arrived = i - load.running() - load.waiting();
      double ready = arrived < 0 ? 0 : arrivals[arrived];
      if (i >= load.running()) {
        ready = Math.max(ready, opens(settings, starts, i, limited));
      }
      if (ends.size() >= settings.concurrency()) {
        ready = Math.max(ready, ends.poll());
      }
      starts[i] = i < load.running() ? 0 : ready;
      ends.add(starts[i] + runs[i]);
    }
    return starts;
  }

  /** When the rate limit allows a start, where those from {@code first} on count. */
  private static double opens(TrialSettings settings, double[] starts, int next, int first) {
    if (settings.rate().isEmpty()) {
      return 0;
    }
    RateLimit limit = settings.rate().get();
    int before = next - limit.permits();
    return before < first ? 0 : starts[before] + limit.period().toNanos() / NANOS;
  }

  /** Both are in ascending order: who came first starts first. */
  private List<Long> depths(double[] starts) {
    List<Long> depths = new ArrayList<>();
    double[] sorted = starts.clone();
    Arrays.sort(sorted);
    for (int point = 1; point <= POINTS; point++) {
      double at = seconds * point / POINTS;
      depths.add(load.waiting() + upTo(arrivals, at) - upTo(sorted, at));
    }
    return depths;
  }

  private static long upTo(double[] ascending, double time) {
    int found = Arrays.binarySearch(ascending, time);
    int end = found >= 0 ? found + 1 : -found - 1;
    while (end < ascending.length && ascending[end] == time) {
      end++;
    }
    return end;
  }

  /**
   * The lowest concurrency with which nine of ten tasks wait no longer than this; empty where none
   * does, because the rate limit allows too few starts.
   *
   * @param target in seconds, 0 or more
   */
  public OptionalInt concurrencyFor(double target, TrialSettings settings) {
    int low = 1;
    int high = TrialSettings.MOST_CONCURRENCY;
    if (play(settings.with(high)).waitP90() > target) {
      return OptionalInt.empty();
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (play(settings.with(middle)).waitP90() <= target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalInt.of(low);
  }
}
