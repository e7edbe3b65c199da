package io.tasklane.schedule;

import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.calendar.HalfDays;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.calendar.SessionTimes;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import java.time.Duration;
import java.time.Instant;

/**
 * "15 minutes after the open of XNSE, not on half days": at every session, special ones included.
 *
 * @param sessions calendar, anchor and offset
 * @param skipHalfDays whether it does not run on days that are shorter than usual
 */
public record SessionTrigger(SessionTimes sessions, boolean skipHalfDays) implements Trigger {
  /** Makes one of its parts. */
  public static SessionTrigger of(
      MarketCalendar calendar, SessionAnchor anchor, Duration offset, boolean skipHalfDays) {
    return new SessionTrigger(new SessionTimes(calendar, anchor, offset), skipHalfDays);
  }

  @Override
  public DueTimes times(DstPolicy policy, Instant anchor) {
    return sessions;
  }

  @Override
  public Closings closings() {
    return new HalfDays(sessions, skipHalfDays);
  }

  @Override
  public String description() {
    String end = sessions.anchor() == SessionAnchor.OPEN ? "open" : "close";
    Duration offset = sessions.offset();
    String distance = DurationWords.of(offset.abs()) + (offset.isNegative() ? " before" : " after");
    return (offset.isZero() ? "at" : distance)
        + " the "
        + end
        + " of "
        + sessions.calendar().name()
        + (skipHalfDays ? ", not on half days" : "");
  }
}
