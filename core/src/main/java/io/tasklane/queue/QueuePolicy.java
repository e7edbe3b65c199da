package io.tasklane.queue;

import io.tasklane.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a queue orders its tasks, and what it promises about their runs.
 *
 * @param concurrency runs at once on all nodes together; 1 keeps tasks strictly one after another
 * @param agingInterval what one level of priority is worth in waiting; empty where a higher
 *     priority always goes first
 * @param durability what must be durable before the next task starts
 * @param keyRetry what the next of an ordering key does while its head waits for a retry
 */
public record QueuePolicy(
    int concurrency, Optional<Duration> agingInterval, Durability durability, KeyRetry keyRetry) {
  /** Most runs of one queue at once. */
  public static final int MOST_AT_ONCE = 1000;

  /** Shortest interval that counts for a level of priority. */
  public static final Duration SHORTEST_AGING = Duration.ofMillis(1);

  /** Longest interval that counts for a level of priority. */
  public static final Duration LONGEST_AGING = Duration.ofDays(30);

  /** One after another, strictly by priority, every completion durable before the next start. */
  public static final QueuePolicy STANDARD =
      new QueuePolicy(1, Optional.empty(), Durability.EACH, KeyRetry.HOLD);

  /** Refuses what no queue can keep. */
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

  /** Strictly one after another by priority, but so many at once. */
  public static QueuePolicy concurrently(int runs) {
    return STANDARD.withConcurrency(runs);
  }

  /** The same with so many runs at once. */
  public QueuePolicy withConcurrency(int runs) {
    return new QueuePolicy(runs, agingInterval, durability, keyRetry);
  }

  /** The same with this worth of a level of priority. */
  public QueuePolicy withAging(Optional<Duration> interval) {
    return new QueuePolicy(concurrency, interval, durability, keyRetry);
  }

  /** The same with this durability. */
  public QueuePolicy with(Durability other) {
    return new QueuePolicy(concurrency, agingInterval, other, keyRetry);
  }

  /** The same with this policy for ordering keys. */
  public QueuePolicy with(KeyRetry other) {
    return new QueuePolicy(concurrency, agingInterval, durability, other);
  }

  /**
   * The place of a task among those that wait: the smallest goes first, and of equals the one that
   * was created first. It is a constant for a task as long as neither its priority nor this policy
   * changes: with aging a task of priority p goes before every one of priority p + 1 that is
   * created an interval or more later.
   */
  public long orderKey(Priority priority, Instant createTime) {
    return agingInterval
        .map(interval -> createTime.toEpochMilli() - (priority.value() - 1) * interval.toMillis())
        .orElse((long) -priority.value());
  }
}
