package io.tasklane.schedule.calendar;

import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;
import java.util.Optional;

/** Which due times a calendar does not let run. */
public interface Closings {
  /** Lets everything run. */
  Closings NONE = new NoClosings();

  /**
   * Why that due time does not run; empty if it does.
   *
   * @throws CalendarRangeException if the calendar does not know that day
   */
  Optional<String> reason(Instant due);

  /**
   * How many due times later than the one instant and not later than the other do not run.
   *
   * @throws CalendarRangeException if the calendar does not know all of those days
   */
  long count(DueTimes times, Instant after, Instant upTo);

  /** The last instant up to which a due time that does not run has the same reason. */
  Instant sameReasonUntil(Instant due);

  /** The first instant about which the calendar knows nothing; empty if it is always known. */
  Optional<Instant> knownUntil();

  /** What to say when more than the calendar knows is needed. */
  String endOfKnowledge();
}
