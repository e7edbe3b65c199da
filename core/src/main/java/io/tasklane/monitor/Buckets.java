package io.tasklane.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.DoubleStream;

/** A histogram that counts values for as long as the process runs. Thread-safe, without locks. */
public final class Buckets {
  private static final double NANOS = 1e9;

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /** Buckets with these ascending upper bounds. */
  public Buckets(double... upperBounds) {
    bounds = upperBounds.clone();
    counts = new AtomicLongArray(bounds.length + 1);
  }

  /** Buckets in seconds, for durations from a millisecond to an hour. */
  public static Buckets ofSeconds() {
    return new Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
        3600);
  }

  /** Counts a value. */
  public void add(double value) {
    int found = Arrays.binarySearch(bounds, value);
    counts.incrementAndGet(found >= 0 ? found : -found - 1);
    sum.add(value);
  }

  /**
   * Counts a duration in seconds; a negative one, which a stepped clock can cause, counts as zero.
   */
  public void add(Duration time) {
    add(Math.max(0, time.toNanos() / NANOS));
  }

  /** The counts so far. */
  public Distribution distribution() {
    List<Long> now = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      now.add(counts.get(i));
    }
    return new Distribution(DoubleStream.of(bounds).boxed().toList(), now, sum.sum());
  }
}
