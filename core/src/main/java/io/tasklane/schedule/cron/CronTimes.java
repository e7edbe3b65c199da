package io.tasklane.schedule.cron;

import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The due times of an expression in a zone. Between two changes of the zone's offset wall time is
 * elapsed time, so the search goes from change to change; {@link DstPolicy} says what becomes of
 * the wall times that a change leaves out or repeats.
 */
public final class CronTimes implements DueTimes {
  private final CronExpression expression;
  private final ZoneRules rules;
  private final boolean once;

  /** The due times of the expression in that zone, under that policy. */
  public CronTimes(CronExpression expression, ZoneId zone, DstPolicy policy) {
    this.expression = expression;
    this.rules = zone.getRules();
    this.once = policy == DstPolicy.ONCE && !expression.isEveryHour();
  }

  @Override
  public Optional<Instant> next(Instant after, Instant upTo) {
    Instant end = exclusive(upTo);
    Instant from = exclusive(after);
    if (isMoved(changeAt(from)) && from.isBefore(end)) {
      return Optional.of(from);
    }
    while (from.isBefore(end)) {
      ZoneOffsetTransition change = rules.nextTransition(from);
      boolean last = change == null || !change.getInstant().isBefore(end);
      Instant until = last ? end : change.getInstant();
      ZoneOffset offset = rules.getOffset(from);
      Optional<LocalDateTime> found = expression.first(begin(from, offset), local(until, offset));
      if (found.isPresent() || last) {
        return found.map(time -> time.toInstant(offset));
      }
      if (isMoved(change)) {
        return Optional.of(until);
      }
      from = until;
    }
    return Optional.empty();
  }

  @Override
  public long count(Instant after, Instant upTo) {
    Instant end = exclusive(upTo);
    Instant from = exclusive(after);
    long count = 0;
    while (from.isBefore(end)) {
      count += isMovedToNoDueTime(changeAt(from)) ? 1 : 0;
      ZoneOffsetTransition change = rules.nextTransition(from);
      boolean last = change == null || !change.getInstant().isBefore(end);
      Instant until = last ? end : change.getInstant();
      ZoneOffset offset = rules.getOffset(from);
      count += expression.count(begin(from, offset), local(until, offset));
      from = until;
    }
    return count;
  }

  /** The wall time from which to look on: after what comes a second time, under ONCE. */
  private LocalDateTime begin(Instant from, ZoneOffset offset) {
    LocalDateTime begin = local(from, offset);
    ZoneOffsetTransition change = rules.previousTransition(from.plusNanos(1));
    if (once && change != null && change.isOverlap()) {
      LocalDateTime shown = change.getDateTimeBefore();
      return shown.isAfter(begin) ? shown : begin;
    }
    return begin;
  }

  private ZoneOffsetTransition changeAt(Instant instant) {
    ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
    return change != null && change.getInstant().equals(instant) ? change : null;
  }

  /** Whether a due time was in the gap of this change, and so is due at its instant. */
  private boolean isMoved(ZoneOffsetTransition change) {
    return once
        && change != null
        && change.isGap()
        && expression.count(change.getDateTimeBefore(), change.getDateTimeAfter()) > 0;
  }

  private boolean isMovedToNoDueTime(ZoneOffsetTransition change) {
    return isMoved(change)
        && expression.count(change.getDateTimeAfter(), change.getDateTimeAfter().plusSeconds(1))
            == 0;
  }

  private static LocalDateTime local(Instant instant, ZoneOffset offset) {
    return LocalDateTime.ofInstant(instant, offset);
  }

  /** The first whole second after the instant; due times are whole seconds. */
  private static Instant exclusive(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1));
  }
}
