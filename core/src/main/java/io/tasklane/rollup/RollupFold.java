package io.tasklane.rollup;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the moves of tasks by queue, type and minute. A move counts in the minute in which it
 * happened, so a run counts in the minute of its end. Not thread-safe.
 */
public final class RollupFold {
  private static final class Sums {
    private long arrivals;
    private long retries;
    private long failures;
    private final long[] waits = new long[DurationBuckets.count()];
    private final long[] runs = new long[DurationBuckets.count()];
    private final long[] backoffs = new long[DurationBuckets.count()];

    RollupCounts counts() {
      return new RollupCounts(
          arrivals,
          retries,
          failures,
          Histogram.of(waits),
          Histogram.of(runs),
          Histogram.of(backoffs));
    }
  }

  private final Map<RollupKey, Sums> sums = new HashMap<>();

  /** Counts one move. */
  public void add(RollupEvent event) {
    if (arrives(event)) {
      of(event).arrivals++;
    }
    int bucket = DurationBuckets.of(event.stay());
    switch (event.move()) {
      case CLAIM -> of(event).waits[bucket]++;
      case COME_DUE -> {
        if (isFrom(event, TaskState.RETRY_WAIT)) {
          of(event).backoffs[bucket]++;
        }
      }
      case SUCCEED, FAIL, RETRY_LATER -> {
        if (isFrom(event, TaskState.RUNNING)) {
          Sums all = of(event);
          all.runs[bucket]++;
          all.retries += event.move() == Move.RETRY_LATER ? 1 : 0;
          all.failures += event.move() == Move.FAIL ? 1 : 0;
        }
      }
      default -> {
        // counted above, or it says nothing about the load of the queue
      }
    }
  }

  /** A run that was interrupted goes on later: it does not arrive again. */
  private static boolean arrives(RollupEvent event) {
    return event.to() == TaskState.QUEUED
        && !isFrom(event, TaskState.QUEUED)
        && switch (event.move()) {
          case LOSE_LEASE, HAND_BACK, PREEMPT -> false;
          default -> true;
        };
  }

  private static boolean isFrom(RollupEvent event, TaskState state) {
    return event.from().filter(from -> from == state).isPresent();
  }

  private Sums of(RollupEvent event) {
    return sums.computeIfAbsent(
        new RollupKey(
            event.queue(), event.taskType(), event.time().truncatedTo(ChronoUnit.MINUTES)),
        key -> new Sums());
  }

  /** What was counted so far. */
  public Map<RollupKey, RollupCounts> counts() {
    Map<RollupKey, RollupCounts> counts = new HashMap<>();
    sums.forEach((key, all) -> counts.put(key, all.counts()));
    return counts;
  }
}
