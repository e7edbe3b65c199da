package io.tasklane.schedule;

import static io.tasklane.database.Rows.instant;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.filter.ScheduleFilter;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads schedules and their runs.
 *
 * @param connection to read on
 */
record ScheduleReader(Connection connection) {
  /** A statement of its own: the next one reads what those have written who held the lock. */
  private static final String LOCK = "SELECT FROM schedule WHERE name = :name FOR NO KEY UPDATE";

  private static final String LIST =
      ScheduleRow.SELECT
          + """
          WHERE s.name > :after
            AND (:disabled::boolean IS NULL OR s.disabled = :disabled::boolean)
            AND (:queue::text IS NULL OR s.queue = :queue)
            AND (:task_type::text IS NULL OR s.task_type = :task_type)
            AND (:calendar::text IS NULL OR s.calendar = :calendar)
          ORDER BY s.name LIMIT :limit""";

  /**
   * By the scheduled time, the newest first; a time that was skipped and backfilled is there once.
   */
  private static final String RUNS =
      """
      SELECT * FROM (
        (SELECT scheduled_time, cause, outcome, start_time, ${TARGET}, explanation, end_time,
            end_state
          FROM schedule_run WHERE schedule = :schedule AND scheduled_time < :before
          ORDER BY scheduled_time DESC LIMIT :limit)
        UNION ALL
        (SELECT scheduled_time, 1, outcome, NULL, '', explanation, NULL, NULL
          FROM schedule_skip k WHERE schedule = :schedule AND scheduled_time < :before
            AND NOT EXISTS (SELECT FROM schedule_run r
              WHERE r.schedule = k.schedule AND r.scheduled_time = k.scheduled_time)
          ORDER BY scheduled_time DESC LIMIT :limit)) r
      ORDER BY scheduled_time DESC LIMIT :limit"""
          .replace("${TARGET}", RunTarget.NAME);

  private static final String TYPICAL =
      """
      SELECT percentile_disc(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM end_time - start_time) * 1000)::bigint
      FROM (SELECT start_time, end_time FROM schedule_run
        WHERE schedule = :schedule AND end_state = ${SUCCEEDED}
        ORDER BY scheduled_time DESC LIMIT 10) r"""
          .replace("${SUCCEEDED}", Integer.toString(TaskState.SUCCEEDED.code()));

  /** Later than every run. */
  static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  /** The schedule with this id. */
  Optional<ScheduleRow> find(String scheduleId) throws SQLException {
    return NamedSql.on(connection, ScheduleRow.SELECT + "WHERE s.name = :name")
        .set("name", scheduleId)
        .first(ScheduleRow::read);
  }

  /**
   * The schedule with this id.
   *
   * @throws Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  ScheduleRow require(String scheduleId) throws SQLException {
    return find(scheduleId).orElseThrow(() -> notFound(scheduleId));
  }

  /**
   * The schedule with this id, which nobody else changes until the transaction ends.
   *
   * @throws Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  ScheduleRow lock(String scheduleId) throws SQLException {
    NamedSql.on(connection, LOCK).set("name", scheduleId).lock();
    return require(scheduleId);
  }

  private static Refusal notFound(String scheduleId) {
    return Refusal.notFound(
        RefusalReason.SCHEDULE_NOT_FOUND, "schedules/" + scheduleId, "does not exist");
  }

  /** Schedules by id, those after this one, at most so many. */
  List<ScheduleRow> list(ScheduleFilter filter, String after, int limit) throws SQLException {
    return NamedSql.on(connection, LIST)
        .set("after", after)
        .set("disabled", filter.disabled().map(String::valueOf).orElse(null))
        .set("queue", filter.queue().orElse(null))
        .set("task_type", filter.taskType().orElse(null))
        .set("calendar", filter.calendar().orElse(null))
        .set("limit", limit)
        .list(ScheduleRow::read);
  }

  /** What has become of its due times, those before this time, the newest first. */
  List<ScheduleRun> runs(ScheduleRow row, Instant before, int limit) throws SQLException {
    return NamedSql.on(connection, RUNS)
        .set("schedule", row.key())
        .set("before", ScheduleRow.timestamp(before))
        .set("limit", limit)
        .list(ScheduleReader::run);
  }

  /** How long its last runs took that succeeded, as their median; empty if there are none. */
  Optional<Duration> typicalRun(ScheduleRow row) throws SQLException {
    return NamedSql.on(connection, TYPICAL)
        .set("schedule", row.key())
        .first(found -> (Long) found.getObject(1))
        .map(Duration::ofMillis);
  }

  /** With its counts, its next run and its last ones. */
  Schedule whole(ScheduleRow row) throws SQLException {
    return ScheduleViews.of(connection, row, runs(row, LAST, 10));
  }

  private static ScheduleRun run(ResultSet row) throws SQLException {
    int state = row.getInt("end_state");
    return new ScheduleRun(
        instant(row, "scheduled_time").orElseThrow(),
        ScheduleRun.Cause.of(row.getInt("cause")),
        ScheduleRun.Outcome.of(row.getInt("outcome")),
        instant(row, "start_time"),
        row.getString("target"),
        row.getString("explanation"),
        instant(row, "end_time"),
        state == 0 ? Optional.empty() : Optional.of(TaskState.of(state)));
  }
}
