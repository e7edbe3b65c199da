package io.tasklane.task;

import java.time.Duration;
import java.util.Optional;

/**
 * The time limits that hold for a task.
 *
 * @param attempt of one attempt, more than zero
 * @param queue longest time in QUEUED before the first start; empty for no limit
 * @param total from the first start to the end, over all attempts and the waits between them; empty
 *     for no limit
 * @param cancelGrace from the request to cancel a run to its interruption
 */
public record Timeouts(
    Duration attempt, Optional<Duration> queue, Optional<Duration> total, Duration cancelGrace) {
  /** The grace of a cancel where nobody set one. */
  public static final Duration DEFAULT_CANCEL_GRACE = Duration.ofSeconds(10);

  /** The shortest wait and the shortest total that can be kept. */
  public static final Duration SHORTEST = Duration.ofMillis(1);

  /** The longest wait and the longest total. */
  public static final Duration LONGEST = Duration.ofDays(365);

  /** The longest attempt, and the longest grace. */
  public static final Duration LONGEST_ATTEMPT = Duration.ofHours(24);

  /** One attempt may take so long; nothing else is limited. */
  public static Timeouts ofAttempt(Duration limit) {
    return new Timeouts(limit, Optional.empty(), Optional.empty(), DEFAULT_CANCEL_GRACE);
  }

  /** The same but for what these wishes set. */
  public Timeouts with(TimeoutWishes wishes) {
    return new Timeouts(
        wishes.attempt().orElse(attempt),
        wishes.queue().isPresent() ? wishes.queue().filter(Timeouts::limits) : queue,
        wishes.total().isPresent() ? wishes.total().filter(Timeouts::limits) : total,
        wishes.cancelGrace().orElse(cancelGrace));
  }

  /** Whether a task may end because it waits. */
  public boolean limitWaiting() {
    return queue.isPresent() || total.isPresent();
  }

  /** The wishes that lead to just these, whatever they are put upon. */
  public TimeoutWishes wishes() {
    return new TimeoutWishes(
        Optional.of(attempt),
        queue.or(() -> Optional.of(Duration.ZERO)),
        total.or(() -> Optional.of(Duration.ZERO)),
        Optional.of(cancelGrace));
  }

  private static boolean limits(Duration wish) {
    return !wish.isZero();
  }
}
