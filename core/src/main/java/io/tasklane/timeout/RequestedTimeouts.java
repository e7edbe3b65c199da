package io.tasklane.timeout;

import java.time.Duration;
import java.util.Optional;

/**
 * The time limits that somebody has set. An empty one takes the next default: that of the task's
 * type, then that of its queue.
 *
 * @param attempt of one attempt
 * @param queue longest time in QUEUED before the first start; zero for no limit
 * @param total over all attempts and the waits between them; zero for no limit
 * @param cancelGrace from the request to cancel a run to its interruption
 */
public record RequestedTimeouts(
    Optional<Duration> attempt,
    Optional<Duration> queue,
    Optional<Duration> total,
    Optional<Duration> cancelGrace) {
  /** Sets none. */
  public static final RequestedTimeouts NONE =
      new RequestedTimeouts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with this limit of one attempt. */
  public RequestedTimeouts withAttempt(Duration limit) {
    return new RequestedTimeouts(Optional.of(limit), queue, total, cancelGrace);
  }

  /** The same with this longest wait for the first start. */
  public RequestedTimeouts withQueue(Duration limit) {
    return new RequestedTimeouts(attempt, Optional.of(limit), total, cancelGrace);
  }

  /** The same with this limit of all attempts together. */
  public RequestedTimeouts withTotal(Duration limit) {
    return new RequestedTimeouts(attempt, queue, Optional.of(limit), cancelGrace);
  }

  /** The same with this grace of a cancel. */
  public RequestedTimeouts withCancelGrace(Duration grace) {
    return new RequestedTimeouts(attempt, queue, total, Optional.of(grace));
  }
}
