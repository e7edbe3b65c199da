package io.tasklane.timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time limits of a task.
 *
 * @param attempt of one attempt, more than zero
 * @param queue longest time in QUEUED before the first start; empty for no limit
 * @param total from the first start to the end, over all attempts and the waits between them; empty
 *     for no limit
 * @param cancelGrace from the request to cancel a run to its interruption
 */
public record Timeouts(
    Duration attempt, Optional<Duration> queue, Optional<Duration> total, Duration cancelGrace) {
  /** The default grace period of a cancel. */
  public static final Duration DEFAULT_CANCEL_GRACE = Duration.ofSeconds(10);

  /** The shortest queue timeout and total timeout. */
  public static final Duration SHORTEST = Duration.ofMillis(1);

  /** The longest queue timeout and total timeout. */
  public static final Duration LONGEST = Duration.ofDays(365);

  /** The longest attempt, and the longest grace period. */
  public static final Duration LONGEST_ATTEMPT = Duration.ofHours(24);

  /** Limits one attempt, and nothing else. */
  public static Timeouts ofAttempt(Duration limit) {
    return new Timeouts(limit, Optional.empty(), Optional.empty(), DEFAULT_CANCEL_GRACE);
  }

  /** The same, overridden by the limits that are set here. */
  public Timeouts with(RequestedTimeouts requested) {
    return new Timeouts(
        requested.attempt().orElse(attempt),
        requested.queue().isPresent() ? requested.queue().filter(Timeouts::limits) : queue,
        requested.total().isPresent() ? requested.total().filter(Timeouts::limits) : total,
        requested.cancelGrace().orElse(cancelGrace));
  }

  /** Whether a task may fail because it waits too long. */
  public boolean limitWaiting() {
    return queue.isPresent() || total.isPresent();
  }

  /**
   * When a task with these limits is checked first: neither limit begins before the task is
   * created, so the shorter one is over first, at the earliest then. Empty without limits.
   */
  public Optional<Instant> firstCheck(Instant createTime) {
    return Stream.of(queue, total)
        .flatMap(Optional::stream)
        .min(Duration::compareTo)
        .map(createTime::plus);
  }

  /** All of these limits as set explicitly, so that they override any defaults. */
  public RequestedTimeouts asRequested() {
    return new RequestedTimeouts(
        Optional.of(attempt),
        queue.or(() -> Optional.of(Duration.ZERO)),
        total.or(() -> Optional.of(Duration.ZERO)),
        Optional.of(cancelGrace));
  }

  private static boolean limits(Duration wish) {
    return !wish.isZero();
  }
}
