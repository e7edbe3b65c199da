package io.tasklane.schedule.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of a zone's clocks that an expression notices, since it leaves out or repeats times that
 * the expression names.
 *
 * @param instant of the change
 * @param gap whether it leaves out times; otherwise it repeats them
 * @param from the first wall time that is left out or repeated
 * @param to the first wall time after them
 * @param first the first such time that the expression means
 * @param repeatedAt when that time comes, for the second time; at the end of the gap if it is left
 *     out
 * @param count how many times the expression means in between
 */
public record ClockChange(
    Instant instant,
    boolean gap,
    LocalDateTime from,
    LocalDateTime to,
    LocalDateTime first,
    Instant repeatedAt,
    long count) {

  /**
   * The changes after the one instant and not after the other that the expression notices. One that
   * runs in all hours of a day notices none.
   *
   * @param most the most that are wanted
   */
  public static List<ClockChange> between(
      CronExpression expression, ZoneId zone, Instant after, Instant upTo, int most) {
    List<ClockChange> changes = new ArrayList<>();
    if (expression.isEveryHour()) {
      return changes;
    }
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    while (change != null && !change.getInstant().isAfter(upTo) && changes.size() < most) {
      of(expression, change).ifPresent(changes::add);
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return changes;
  }

  private static Optional<ClockChange> of(CronExpression expression, ZoneOffsetTransition change) {
    boolean gap = change.isGap();
    LocalDateTime from = gap ? change.getDateTimeBefore() : change.getDateTimeAfter();
    LocalDateTime to = gap ? change.getDateTimeAfter() : change.getDateTimeBefore();
    return expression
        .first(from, to)
        .map(
            first ->
                new ClockChange(
                    change.getInstant(),
                    gap,
                    from,
                    to,
                    first,
                    gap ? change.getInstant() : first.toInstant(change.getOffsetAfter()),
                    expression.count(from, to)));
  }
}
