package io.tasklane.schedule;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.definition.PlannedJson;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.stored.Enablement;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import io.tasklane.task.TaskRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A row of {@code schedule}.
 *
 * @param key of the row
 * @param schedule with the runs that have not ended, and the end of the last one, also where the
 *     row does not know of it yet
 * @param now when it was read, by the database's clock
 */
record ScheduleRow(long key, Schedule schedule, Instant now) {
  /** SQL that reads rows, without a condition. */
  static final String SELECT =
      """
      SELECT s.*, clock_timestamp() AS now,
          (SELECT count(*) FROM schedule_run r
            WHERE r.schedule = s.id AND NOT r.seen AND r.end_time IS NULL) AS running,
          (SELECT max(r.end_time) FROM schedule_run r
            WHERE r.schedule = s.id AND NOT r.seen) AS last_end
      FROM schedule s
      """;

  static ScheduleRow read(ResultSet row) throws SQLException {
    Instant anchor = instant(row, "anchor").orElseThrow();
    Instant lastEnd = instant(row, "last_end").filter(anchor::isBefore).orElse(anchor);
    Schedule schedule =
        new Schedule(
            row.getString("name"),
            spec(row),
            new Enablement(row.getBoolean("disabled"), actor(row, "enable"), actor(row, "disable")),
            new Progress(
                instant(row, "seen_until").orElseThrow(),
                instant(row, "buffered"),
                row.getInt("running"),
                lastEnd),
            new ScheduleCounts(
                row.getLong("run_count"),
                row.getLong("overlap_count"),
                row.getLong("closed_count"),
                row.getLong("missed_count"),
                0),
            row.getString("error"),
            row.getInt("version"),
            instant(row, "create_time").orElseThrow(),
            Schedule.View.NONE);
    return new ScheduleRow(row.getLong("id"), schedule, instant(row, "now").orElseThrow());
  }

  private static ScheduleSpec spec(ResultSet row) throws SQLException {
    return new ScheduleSpec(
        TriggerJson.read(row.getString("trigger")),
        OverlapPolicy.of(row.getInt("overlap")),
        DstPolicy.of(row.getInt("dst")),
        Duration.ofMillis(row.getLong("catch_up_ms")),
        Duration.ofMillis(row.getLong("jitter_ms")),
        instant(row, "start_time"),
        instant(row, "end_time"),
        action(row),
        row.getBoolean("disable_on_failure"));
  }

  private static ScheduleAction action(ResultSet row) throws SQLException {
    String workflow = row.getString("workflow");
    return workflow == null
        ? new ScheduleAction.Create(TaskJson.read(row.getString("task")))
        : new ScheduleAction.Start(PlannedJson.read(workflow));
  }

  private static Optional<Actor> actor(ResultSet row, String what) throws SQLException {
    String principal = row.getString(what + "_principal");
    return principal == null
        ? Optional.empty()
        : Optional.of(new Actor(principal, row.getString(what + "_reason")));
  }

  /** Binds what a client wants, and who enabled or disabled it. */
  static Parameters bind(Parameters parameters, Schedule schedule) throws SQLException {
    ScheduleSpec spec = schedule.spec();
    return bind(parameters, schedule.enablement())
        .set("trigger", TriggerJson.write(spec.trigger()))
        .set("calendar", spec.trigger().calendar().orElse(null))
        .set("overlap", spec.overlap().code())
        .set("dst", spec.dst().code())
        .set("catch_up_ms", spec.catchUp().toMillis())
        .set("jitter_ms", spec.jitter().toMillis())
        .set("start_time", timestamp(spec.start()))
        .set("end_time", timestamp(spec.end()))
        .set("task", spec.action().createdTask().map(TaskJson::write).orElse(null))
        .set("queue", spec.action().createdTask().map(TaskRequest::queue).orElse(null))
        .set("task_type", spec.action().createdTask().map(TaskRequest::taskType).orElse(null))
        .set("workflow", workflow(spec.action()))
        .set("disable_on_failure", spec.disableOnFailure())
        .set("looks_at_ends", spec.looksAtEnds());
  }

  /** Binds who enabled or disabled it. */
  static Parameters bind(Parameters parameters, Enablement enablement) throws SQLException {
    return parameters
        .set("disabled", enablement.disabled())
        .set("enable_principal", enablement.enabledBy().map(Actor::principal).orElse(null))
        .set("enable_reason", reason(enablement.enabledBy()))
        .set("disable_principal", enablement.disabledBy().map(Actor::principal).orElse(null))
        .set("disable_reason", reason(enablement.disabledBy()));
  }

  private static String workflow(ScheduleAction action) {
    return action instanceof ScheduleAction.Start start
        ? PlannedJson.write(start.workflow())
        : null;
  }

  private static String reason(Optional<Actor> actor) {
    return actor.map(Actor::reason).map(Rows::storable).orElse(null);
  }

  /** A time as rows have it: what is not a whole microsecond is cut off, never rounded up. */
  static Timestamp timestamp(Instant time) {
    return Timestamp.from(time.truncatedTo(ChronoUnit.MICROS));
  }

  /** The same for a time that may be missing. */
  static Timestamp timestamp(Optional<Instant> time) {
    return time.map(ScheduleRow::timestamp).orElse(null);
  }
}
