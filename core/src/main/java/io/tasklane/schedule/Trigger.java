package io.tasklane.schedule;

import io.tasklane.schedule.calendar.Closings;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.due.DueTimes;
import java.time.Instant;

/** What makes a schedule due. */
public sealed interface Trigger permits CronTrigger, IntervalTrigger, OnceTrigger, SessionTrigger {
  /**
   * Its due times.
   *
   * @param policy for the days on which clocks change
   * @param anchor the end of the last run, or the creation of the schedule if it has not run yet
   */
  DueTimes times(DstPolicy policy, Instant anchor);

  /** Which of its due times a calendar does not let run. */
  default Closings closings() {
    return Closings.NONE;
  }

  /**
   * Whether it is due so long after the end of the last run, and so never while one runs; what is
   * due after the next run is not known before that has ended.
   */
  default boolean waitsForTheEnd() {
    return false;
  }

  /** What it means, in English: "at 02:30 every day in America/New_York". */
  String description();
}
