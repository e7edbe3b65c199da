package io.tasklane.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.due.DueTimes;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.firing.FiringRules;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What clients see of a schedule beside its row: it follows from the rules and the present time.
 */
final class ScheduleViews {
  /** Stretches that a calendar closes, passed over in search of the next run. */
  private static final int MOST_CLOSED = 1_000;

  private ScheduleViews() {}

  /** The schedule of a row with its view. One whose rules cannot be read any more has none. */
  static Schedule of(Connection connection, ScheduleRow row, List<ScheduleRun> runs) {
    return of(CalendarReader.of(connection, row.schedule().spec()), row, runs);
  }

  /**
   * The schedule with its next due times and these runs.
   *
   * @param calendars finds a calendar by its name, or refuses
   */
  static Schedule of(
      Function<String, MarketCalendar> calendars, ScheduleRow row, List<ScheduleRun> runs) {
    Schedule schedule = row.schedule();
    long waiting = schedule.progress().buffered().isPresent() ? 1 : 0;
    try {
      ScheduleRules rules = schedule.spec().rules(calendars);
      FiringRules firing = new FiringRules(schedule.scheduleId(), rules);
      boolean disabled = schedule.enablement().disabled();
      Progress progress = schedule.progress();
      long pending = disabled ? waiting : firing.pending(progress, row.now());
      Optional<Instant> next = disabled ? Optional.empty() : nextRun(rules, progress);
      return view(schedule, pending, rules.trigger().description(), next, runs);
    } catch (CalendarRangeException | InvalidScheduleException | Refusal unknown) {
      return view(schedule, waiting, "", Optional.empty(), runs);
    }
  }

  private static Schedule view(
      Schedule schedule,
      long pending,
      String description,
      Optional<Instant> next,
      List<ScheduleRun> runs) {
    ScheduleCounts counts = schedule.counts().withPending(pending);
    return schedule.with(counts, new Schedule.View(description, next, runs));
  }

  /** The next due time that the calendar does not close; empty where it does not know. */
  private static Optional<Instant> nextRun(ScheduleRules rules, Progress progress) {
    if (rules.trigger().waitsForTheEnd() && progress.running() > 0) {
      return Optional.empty();
    }
    DueTimes times = rules.times(progress.anchor());
    Closings closings = rules.trigger().closings();
    try {
      Optional<Instant> due = times.next(progress.seenUntil());
      for (int passed = 0; due.isPresent() && passed < MOST_CLOSED; passed++) {
        if (closings.reason(due.get()).isEmpty()) {
          return due;
        }
        due = times.next(closings.sameReasonUntil(due.get()));
      }
    } catch (CalendarRangeException unknown) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
