package io.tasklane.schedule.firing;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a schedule has come. Rows keep this, and nothing else decides what is due next.
 *
 * @param seenUntil all due times up to and including this instant are decided
 * @param buffered the scheduled time of the one that waits until nothing runs
 * @param running how many runs of the schedule have not ended, those included whose start is still
 *     delayed
 * @param anchor the end of the last run, or the creation of the schedule if it has not run yet
 */
public record Progress(Instant seenUntil, Optional<Instant> buffered, int running, Instant anchor) {
  /** Of a schedule that is created now: what was due before is none of its business. */
  public static Progress created(Instant now) {
    return new Progress(now, Optional.empty(), 0, now);
  }

  /**
   * After an edit of any kind, and after enabling: what was due until now was decided by the rules
   * that held then, and is neither run nor counted as missed. What already waits stays decided.
   */
  public Progress seen(Instant now) {
    return new Progress(now.isAfter(seenUntil) ? now : seenUntil, buffered, running, anchor);
  }

  /** With so many runs that have not ended. */
  public Progress running(int count) {
    return new Progress(seenUntil, buffered, count, anchor);
  }

  /** After a run has ended. */
  public Progress ended(Instant at) {
    Instant last = at.isAfter(anchor) ? at : anchor;
    return new Progress(seenUntil, buffered, Math.max(0, running - 1), last);
  }
}
