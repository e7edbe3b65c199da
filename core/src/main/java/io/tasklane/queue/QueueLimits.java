package io.tasklane.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * What limits a queue beside its concurrency.
 *
 * @param rate most starts within a period; empty for no limit
 * @param maximumDepth most tasks that clients may let wait: with so many QUEUED, it takes no more
 *     from them; 0 for no limit
 * @param calendar name of the calendar in whose sessions alone it starts tasks; empty for always
 */
public record QueueLimits(Optional<RateLimit> rate, long maximumDepth, Optional<String> calendar) {
  /** No limits. */
  public static final QueueLimits NONE = new QueueLimits(Optional.empty(), 0);

  /** The highest limit of the depth. */
  public static final long MOST_DEPTH = 100_000_000;

  /** How long a count of the waiting tasks holds, less what was created since. */
  public static final Duration COUNT_HOLDS = Duration.ofSeconds(1);

  /** Refuses values out of range. */
  public QueueLimits {
    if (maximumDepth < 0 || maximumDepth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          "maximum depth " + maximumDepth + " is not allowed: 0 to " + MOST_DEPTH);
    }
  }

  /** Limits without a calendar. */
  public QueueLimits(Optional<RateLimit> rate, long maximumDepth) {
    this(rate, maximumDepth, Optional.empty());
  }

  /** The same in the sessions of this calendar alone. */
  public QueueLimits in(String calendarName) {
    return new QueueLimits(rate, maximumDepth, Optional.of(calendarName));
  }

  /** Whether the depth is limited. */
  public boolean limitsDepth() {
    return maximumDepth > 0;
  }

  /** How many tasks more it takes with so many QUEUED; never below 0. */
  public static long room(long maximumDepth, long queued) {
    return Math.max(0, maximumDepth - queued);
  }

  /**
   * Whether the tasks that wait are counted before more are taken: where the last count is too old,
   * and where it leaves too little room and some may have started since.
   *
   * @param room that the last count left, less what was taken since
   * @param tasks to take
   * @param age of the last count
   */
  public static boolean isToBeCounted(long maximumDepth, long room, int tasks, Duration age) {
    return age.compareTo(COUNT_HOLDS) >= 0
        || room < tasks && age.compareTo(countAgainAfter(maximumDepth)) >= 0;
  }

  /**
   * How soon after a count a full queue is counted again, so that counting takes no more than a
   * small part of the time, however many wait.
   */
  static Duration countAgainAfter(long maximumDepth) {
    Duration time = Duration.ofNanos(10_000).multipliedBy(maximumDepth);
    return time.compareTo(COUNT_HOLDS) < 0 ? time : COUNT_HOLDS;
  }
}
