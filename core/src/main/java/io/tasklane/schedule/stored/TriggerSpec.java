package io.tasklane.schedule.stored;

import io.tasklane.schedule.CronTrigger;
import io.tasklane.schedule.IntervalTrigger;
import io.tasklane.schedule.OnceTrigger;
import io.tasklane.schedule.SessionTrigger;
import io.tasklane.schedule.Trigger;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.calendar.SessionAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What makes a schedule due, with its calendar by name, so that a changed calendar holds at once.
 */
public sealed interface TriggerSpec {
  /**
   * At the wall times of a cron expression.
   *
   * @param expression five or six fields, or a nickname
   * @param zone name of the time zone; empty means UTC
   * @param calendar name of the calendar whose trading days run
   */
  record Cron(String expression, String zone, Optional<String> calendar) implements TriggerSpec {
    @Override
    public Trigger resolve(Function<String, MarketCalendar> calendars) {
      return CronTrigger.of(expression, zone, calendar.map(calendars));
    }

    @Override
    public String calendarField() {
      return "cron.calendar";
    }
  }

  /** Every so often; see {@link IntervalTrigger}. */
  record Interval(Duration interval, Duration phase, boolean fromCompletion)
      implements TriggerSpec {
    @Override
    public Trigger resolve(Function<String, MarketCalendar> calendars) {
      return new IntervalTrigger(interval, phase, fromCompletion);
    }
  }

  /**
   * By the sessions of a market; see {@link SessionTrigger}.
   *
   * @param market name of its calendar
   */
  record Session(String market, SessionAnchor anchor, Duration offset, boolean skipHalfDays)
      implements TriggerSpec {
    @Override
    public Trigger resolve(Function<String, MarketCalendar> calendars) {
      return SessionTrigger.of(calendars.apply(market), anchor, offset, skipHalfDays);
    }

    @Override
    public Optional<String> calendar() {
      return Optional.of(market);
    }

    @Override
    public String calendarField() {
      return "session.calendar";
    }
  }

  /** At one instant only. */
  record Once(Instant time) implements TriggerSpec {
    @Override
    public Trigger resolve(Function<String, MarketCalendar> calendars) {
      return new OnceTrigger(time);
    }
  }

  /**
   * The trigger with its calendar.
   *
   * @param calendars finds a calendar by its name, or refuses
   * @throws io.tasklane.schedule.due.InvalidScheduleException if a part of it is not allowed
   */
  Trigger resolve(Function<String, MarketCalendar> calendars);

  /** Name of the calendar that it goes by. */
  default Optional<String> calendar() {
    return Optional.empty();
  }

  /** Path of the field that names the calendar. */
  default String calendarField() {
    return "";
  }
}
