package io.tasklane.task;

import java.time.Duration;
import java.util.Optional;

/**
 * The time limits somebody sets. What is empty takes the next default: that of the task's type,
 * then that of its queue.
 *
 * @param attempt of one attempt
 * @param queue longest time in QUEUED before the first start; zero for no limit
 * @param total over all attempts and the waits between them; zero for no limit
 * @param cancelGrace from the request to cancel a run to its interruption
 */
public record TimeoutWishes(
    Optional<Duration> attempt,
    Optional<Duration> queue,
    Optional<Duration> total,
    Optional<Duration> cancelGrace) {
  /** Sets none. */
  public static final TimeoutWishes NONE =
      new TimeoutWishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with this limit of one attempt. */
  public TimeoutWishes withAttempt(Duration limit) {
    return new TimeoutWishes(Optional.of(limit), queue, total, cancelGrace);
  }

  /** The same with this longest wait for the first start. */
  public TimeoutWishes withQueue(Duration limit) {
    return new TimeoutWishes(attempt, Optional.of(limit), total, cancelGrace);
  }

  /** The same with this limit of all attempts together. */
  public TimeoutWishes withTotal(Duration limit) {
    return new TimeoutWishes(attempt, queue, Optional.of(limit), cancelGrace);
  }

  /** The same with this grace of a cancel. */
  public TimeoutWishes withCancelGrace(Duration grace) {
    return new TimeoutWishes(attempt, queue, total, Optional.of(grace));
  }
}
