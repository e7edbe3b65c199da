package io.tasklane.schedule.firing;

import java.util.List;
import java.util.Optional;

/**
 * What one look at a schedule comes to. Of all that is due, every due time is in exactly one count:
 * firings + overlap skips + closed + missed + pending.
 *
 * @param firings that run, in order
 * @param overlapSkips how many do not run because of an earlier run
 * @param closed how many do not run because of the calendar
 * @param missed how many do not run because they are older than the catch-up window
 * @param skips the first few of each kind that do not run, in order; not all of them
 * @param progress after it; what is due later than its {@code seenUntil}, and what it has buffered,
 *     is pending
 * @param unfinished whether more is due than one look decides; look again at once
 * @param blocked why what is due now cannot be decided; it stays pending
 */
public record Decision(
    List<Firing> firings,
    long overlapSkips,
    long closed,
    long missed,
    List<Skip> skips,
    Progress progress,
    boolean unfinished,
    Optional<String> blocked) {
  /** Copies the lists. */
  public Decision {
    firings = List.copyOf(firings);
    skips = List.copyOf(skips);
  }
}
