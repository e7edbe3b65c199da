package io.tasklane.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.DoubleStream;

/** Counts values by size, for ever. Safe for many threads, and takes no lock. */
public final class Buckets {
  private static final double NANOS = 1e9;

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /** Buckets with these upper bounds, growing. */
  public Buckets(double... upperBounds) {
    bounds = upperBounds.clone();
    counts = new AtomicLongArray(bounds.length + 1);
  }

  /** Buckets for what takes a millisecond or an hour, in seconds. */
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

  /** Counts a time in seconds; one below zero, which a stepped clock can make, counts as zero. */
  public void add(Duration time) {
    add(Math.max(0, time.toNanos() / NANOS));
  }

  /** What was counted so far. */
  public Distribution distribution() {
    List<Long> now = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      now.add(counts.get(i));
    }
    return new Distribution(DoubleStream.of(bounds).boxed().toList(), now, sum.sum());
  }
}
