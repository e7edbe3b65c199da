package io.tasklane.schedule.stored;

import io.tasklane.schedule.firing.Decision;

/**
 * What has become of all due times of a schedule; each is in exactly one of the counts.
 *
 * @param run ran, or could not be started
 * @param overlapSkipped did not run because of an earlier run
 * @param closed did not run because of the calendar
 * @param missed did not run because they were too old
 * @param pending are not decided yet
 */
public record ScheduleCounts(
    long run, long overlapSkipped, long closed, long missed, long pending) {
  /** Of a new schedule. */
  public static final ScheduleCounts NONE = new ScheduleCounts(0, 0, 0, 0, 0);

  /** How many due times there were. */
  public long due() {
    return run + overlapSkipped + closed + missed + pending;
  }

  /** With what was decided; pending stays as it is. */
  public ScheduleCounts and(Decision decision) {
    return new ScheduleCounts(
        run + decision.firings().size(),
        overlapSkipped + decision.overlapSkips(),
        closed + decision.closed(),
        missed + decision.missed(),
        pending);
  }

  /** With so many that are not decided yet. */
  public ScheduleCounts withPending(long count) {
    return new ScheduleCounts(run, overlapSkipped, closed, missed, count);
  }
}
