package io.tasklane.schedule.firing;

import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.due.DueTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what becomes of a schedule's due times. It can be asked at any time and by any node: it
 * begins where {@link Progress} says, and comes to the same.
 */
public final class FiringRules {
  private final String schedule;
  private final ScheduleRules rules;

  /**
   * The rules of a schedule.
   *
   * @param schedule final part of its name
   */
  public FiringRules(String schedule, ScheduleRules rules) {
    this.schedule = schedule;
    this.rules = rules;
  }

  /**
   * Decides all that is due up to now, in bounded work: what is too old, and what is skipped, is
   * counted by days and not one by one. A clock that was set back decides nothing twice.
   *
   * @throws io.tasklane.schedule.calendar.CalendarRangeException if the calendar begins later than
   *     the progress
   */
  public Decision decide(Progress progress, Instant now) {
    Look look = new Look(schedule, rules, progress);
    look.releaseBuffered();
    Optional<Instant> known = rules.trigger().closings().knownUntil();
    boolean cut = known.isPresent() && !known.get().isAfter(now);
    Instant upTo = cut ? known.get().minusNanos(1) : now;
    if (upTo.isAfter(progress.seenUntil())) {
      look.countMissed(now.minus(rules.catchUp()).minusNanos(1), upTo);
      look.decideEach(upTo);
    }
    return look.result(cut ? blocked(upTo, now) : Optional.empty());
  }

  /** How many due times up to now are not decided yet, the one that waits included. */
  public long pending(Progress progress, Instant now) {
    DueTimes times = rules.times(progress.anchor());
    Instant upTo =
        times
            .knownUntil()
            .filter(end -> !end.isAfter(now))
            .map(end -> end.minusNanos(1))
            .orElse(now);
    boolean none = rules.trigger().waitsForTheEnd() && progress.running() > 0;
    long due = none ? 0 : times.count(progress.seenUntil(), later(progress, upTo));
    return due + (progress.buffered().isPresent() ? 1 : 0);
  }

  /**
   * When there is something to decide next; empty if never again, or only after a run has ended.
   *
   * @throws io.tasklane.schedule.calendar.CalendarRangeException if that is beyond the calendar
   */
  public Optional<Instant> nextDue(Progress progress) {
    if (rules.trigger().waitsForTheEnd() && progress.running() > 0) {
      return Optional.empty();
    }
    return rules.times(progress.anchor()).next(progress.seenUntil());
  }

  /** When a firing with that scheduled time starts, by the jitter. */
  public Instant startOf(Instant due) {
    return startOf(new FiringKey(schedule, due), rules, rules.times(due));
  }

  /** The same for a firing with this key, which is one of the times of the rules. */
  static Instant startOf(FiringKey key, ScheduleRules rules, DueTimes times) {
    Instant due = key.scheduledTime();
    Duration jitter = rules.jitter();
    if (jitter.isZero()) {
      return due;
    }
    Instant latest = due.plus(jitter);
    Instant known = times.knownUntil().filter(end -> end.isBefore(latest)).orElse(latest);
    Instant last = known.minusNanos(1);
    Optional<Instant> next = last.isAfter(due) ? times.next(due, last) : Optional.empty();
    return Jitter.startOf(key, jitter, next.orElse(latest));
  }

  /** Says so if something is due that only an updated calendar can decide. */
  private Optional<String> blocked(Instant after, Instant now) {
    Closings closings = rules.trigger().closings();
    DueTimes times = rules.times(now);
    boolean due = times.knownUntil().isPresent() || times.count(after, now) > 0;
    boolean over = rules.end().filter(end -> !end.isAfter(after)).isPresent();
    return due && !over ? Optional.of(closings.endOfKnowledge()) : Optional.empty();
  }

  private static Instant later(Progress progress, Instant upTo) {
    return upTo.isAfter(progress.seenUntil()) ? upTo : progress.seenUntil();
  }
}
