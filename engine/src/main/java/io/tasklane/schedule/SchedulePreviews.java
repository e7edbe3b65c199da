package io.tasklane.schedule;

import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.preview.Preview;
import io.tasklane.schedule.preview.Stretch;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Previews schedules, stored or not.
 *
 * @param connection to read on
 */
record SchedulePreviews(Connection connection) {
  /**
   * The next runs of a stored schedule; of a disabled one as if it were enabled now.
   *
   * @throws io.tasklane.api.Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  Preview of(String scheduleId, Stretch stretch) throws SQLException {
    ScheduleReader reader = new ScheduleReader(connection);
    ScheduleRow row = reader.require(scheduleId);
    Schedule schedule = row.schedule();
    Progress present = schedule.progress();
    Progress from = schedule.enablement().disabled() ? present.seen(row.now()) : present;
    return of(schedule.with(from, schedule.counts(), ""), stretch, reader.typicalRun(row));
  }

  /**
   * The next runs of a schedule that is not stored.
   *
   * @throws io.tasklane.api.Refusal INVALID_ARGUMENT naming the field
   */
  Preview of(ScheduleSpec spec, Stretch stretch) throws SQLException {
    ChangeSchedules.Create wanted =
        new ChangeSchedules.Create("preview", spec, false, Actor.ANONYMOUS);
    Schedule made = ChangeSchedules.unchecked(wanted, ScheduleChecks.now(connection));
    return of(made, stretch, Optional.empty());
  }

  private Preview of(Schedule schedule, Stretch stretch, Optional<Duration> typical) {
    ScheduleRules rules = ScheduleChecks.rules(connection, schedule.spec());
    Progress progress =
        stretch
            .start()
            .map(start -> start.minusNanos(1))
            .map(seen -> new Progress(seen, Optional.empty(), 0, schedule.progress().anchor()))
            .orElse(schedule.progress());
    return Preview.of(
        new Preview.Request(
            schedule.scheduleId(), rules, progress, stretch.end(), stretch.runs(), typical));
  }
}
