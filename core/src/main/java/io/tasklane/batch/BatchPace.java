package io.tasklane.batch;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast batch operations go. They go in steps, each a transaction: few enough targets that
 * nobody waits long for it, and few enough that a slow pace is even.
 */
public final class BatchPace {
  /** Targets a second where nobody says otherwise. */
  public static final int USUAL = 200;

  /** Most targets a second. */
  public static final int FASTEST = 1_000;

  /** Most targets of one batch operation. */
  public static final int MOST_TARGETS = 1_000_000;

  /** Most targets of one step. */
  public static final int MOST_IN_STEP = 100;

  /** Given up after so long without a step. */
  public static final Duration PATIENCE = Duration.ofHours(24);

  private static final int STEPS_A_SECOND = 5;
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private BatchPace() {}

  /**
   * Most targets of one step at this rate: a fifth of a second's, at least 1.
   *
   * @param perSecond most targets a second
   */
  public static int step(int perSecond) {
    int fifth = (perSecond + STEPS_A_SECOND - 1) / STEPS_A_SECOND;
    return Math.min(fifth, MOST_IN_STEP);
  }

  /**
   * How long after a step the next one may begin, so that no second has more than allowed.
   *
   * @param targets tried in the step
   * @param perSecond most targets a second
   */
  public static Duration rest(int targets, int perSecond) {
    return Duration.ofNanos(targets * NANOS / perSecond);
  }

  /** Whether a batch operation is given up that has made its last step then. */
  public static boolean isGivenUp(Instant lastStep, Instant now) {
    return lastStep.plus(PATIENCE).isBefore(now);
  }
}
