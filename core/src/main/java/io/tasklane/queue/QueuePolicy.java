package io.tasklane.queue;

import io.tasklane.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a queue orders its tasks, and what it guarantees about their runs.
 *
 * @param concurrency runs at once on all nodes together; 1 keeps tasks strictly one after another
 * @param agingInterval how much waiting is worth one level of priority; empty if a higher priority
 *     always goes first
 * @param durability what must be durable before the next task starts
 * @param keyRetry what the next task of an ordering key does while its head waits for a retry
 * @param limits of its starts and of its depth
 */
public record QueuePolicy(
    int concurrency,
    Optional<Duration> agingInterval,
    Durability durability,
    KeyRetry keyRetry,
    QueueLimits limits) {
  /** Most runs of one queue at once. */
  public static final int MOST_AT_ONCE = 1000;

  /** The shortest aging interval. */
  public static final Duration SHORTEST_AGING = Duration.ofMillis(1);

  /** The longest aging interval. */
  public static final Duration LONGEST_AGING = Duration.ofDays(30);

  /** One after another, strictly by priority, every completion durable before the next start. */
  public static final QueuePolicy STANDARD =
      new QueuePolicy(1, Optional.empty(), Durability.EACH, KeyRetry.HOLD, QueueLimits.NONE);

  /** Refuses values out of range. */
  public QueuePolicy {
    if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "queue concurrency " + concurrency + " is not allowed: 1 to " + MOST_AT_ONCE);
    }
    if (agingInterval.filter(QueuePolicy::isOutside).isPresent()) {
      throw new IllegalArgumentException(
          "queue aging interval "
              + agingInterval.get()
              + " is not allowed: "
              + SHORTEST_AGING
              + " to "
              + LONGEST_AGING);
    }
  }

  private static boolean isOutside(Duration interval) {
    return interval.compareTo(SHORTEST_AGING) < 0 || interval.compareTo(LONGEST_AGING) > 0;
  }

  /** Strictly by priority, with this many runs at once. */
  public static QueuePolicy concurrently(int runs) {
    return STANDARD.withConcurrency(runs);
  }

  /** The same with this concurrency. */
  public QueuePolicy withConcurrency(int runs) {
    return new QueuePolicy(runs, agingInterval, durability, keyRetry, limits);
  }

  /** The same with this aging interval. */
  public QueuePolicy withAging(Optional<Duration> interval) {
    return new QueuePolicy(concurrency, interval, durability, keyRetry, limits);
  }

  /** The same with this durability. */
  public QueuePolicy with(Durability other) {
    return new QueuePolicy(concurrency, agingInterval, other, keyRetry, limits);
  }

  /** The same with this policy for ordering keys. */
  public QueuePolicy with(KeyRetry other) {
    return new QueuePolicy(concurrency, agingInterval, durability, other, limits);
  }

  /** The same with these limits. */
  public QueuePolicy with(QueueLimits other) {
    return new QueuePolicy(concurrency, agingInterval, durability, keyRetry, other);
  }

  /** Runs that may start beside those under way; more may run than the concurrency since allows. */
  public static int freeSlots(int concurrency, int running) {
    return Math.max(0, concurrency - running);
  }

  /**
   * The order key of a waiting task: the smallest starts first, and of equals the one that was
   * created first. It is a constant for a task as long as neither its priority nor this policy
   * changes: with aging, a task of priority p starts before every task of priority p + 1 that is
   * created an interval or more later.
   */
  public long orderKey(Priority priority, Instant createTime) {
    return agingInterval
        .map(interval -> createTime.toEpochMilli() - (priority.value() - 1) * interval.toMillis())
        .orElse((long) -priority.value());
  }
}
