package io.tasklane.schedule;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.schedule.firing.Skip;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs and skips of one schedule, whose row is locked.
 *
 * @param connection of the transaction
 * @param schedule key of the schedule
 */
record RunRows(Connection connection, long schedule) {
  private static final String UNSEEN =
      """
      SELECT scheduled_time, task_name, end_time, end_state FROM schedule_run
      WHERE schedule = :schedule AND NOT seen ORDER BY scheduled_time""";
  private static final String SEE =
      """
      UPDATE schedule_run SET seen = true
      WHERE schedule = :schedule AND NOT seen AND scheduled_time = ANY (:times)""";
  private static final String RAN =
      "SELECT FROM schedule_run WHERE schedule = :schedule AND scheduled_time = :scheduled_time";
  private static final String INSERT =
      """
      INSERT INTO schedule_run (schedule, scheduled_time, cause, outcome, start_time, task,
          task_name, explanation, end_time, seen)
      VALUES (:schedule, :scheduled_time, :cause, :outcome, :start_time, nullif(:task, 0),
          :task_name, :explanation, CASE WHEN :task = 0 THEN clock_timestamp() END, :task = 0)""";
  private static final String SKIP =
      """
      INSERT INTO schedule_skip (schedule, scheduled_time, outcome, explanation)
      SELECT :schedule, s.*
      FROM unnest(:times::timestamptz[], :outcomes::smallint[], :texts::text[]) AS s
      ON CONFLICT DO NOTHING""";

  /** Keeps the newest ten whatever their age, for people to see. */
  private static final String FORGET =
      """
      WITH newest AS MATERIALIZED (
        SELECT scheduled_time AS time FROM schedule_run WHERE schedule = :schedule
        ORDER BY scheduled_time DESC OFFSET 9 LIMIT 1),
      skips AS (
        DELETE FROM schedule_skip WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM schedule_skip
          WHERE schedule = :schedule
            AND scheduled_time < clock_timestamp() - :keep * interval '1 ms'
          ORDER BY scheduled_time LIMIT 100)))
      DELETE FROM schedule_run WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM schedule_run
        WHERE schedule = :schedule AND seen AND scheduled_time < (SELECT time FROM newest)
          AND end_time < clock_timestamp() - :keep * interval '1 ms'
        ORDER BY scheduled_time LIMIT 100))""";

  private static final String DUE =
      """
      INSERT INTO schedule_due (due, schedule) VALUES (:due, :schedule) ON CONFLICT DO NOTHING""";

  /**
   * A run whose end the schedule has not taken note of.
   *
   * @param taskId final part of the name of its task
   * @param end when the task ended; empty before
   * @param state in which it ended
   */
  record Unseen(
      Instant scheduledTime, String taskId, Optional<Instant> end, Optional<TaskState> state) {}

  List<Unseen> unseen() throws SQLException {
    return NamedSql.on(connection, UNSEEN).set("schedule", schedule).list(RunRows::unseen);
  }

  private static Unseen unseen(ResultSet row) throws SQLException {
    int state = row.getInt("end_state");
    return new Unseen(
        instant(row, "scheduled_time").orElseThrow(),
        row.getString("task_name"),
        instant(row, "end_time"),
        state == 0 ? Optional.empty() : Optional.of(TaskState.of(state)));
  }

  /** The schedule has taken note of these ends. */
  void see(List<Unseen> ended) throws SQLException {
    if (!ended.isEmpty()) {
      NamedSql.on(connection, SEE)
          .set("schedule", schedule)
          .rows(ended)
          .add("times", "timestamptz", run -> ScheduleRow.timestamp(run.scheduledTime()))
          .update();
    }
  }

  /** Whether it ran for that time already, on whichever node and for whatever cause. */
  boolean hasRun(Instant scheduledTime) throws SQLException {
    return NamedSql.on(connection, RAN)
        .set("schedule", schedule)
        .set("scheduled_time", ScheduleRow.timestamp(scheduledTime))
        .exists();
  }

  /** Writes a run, with its task if it has one. */
  void insert(ScheduleRun run, Optional<Task> task) throws SQLException {
    NamedSql.on(connection, INSERT)
        .set("schedule", schedule)
        .set("scheduled_time", ScheduleRow.timestamp(run.scheduledTime()))
        .set("cause", run.cause().code())
        .set("outcome", run.outcome().code())
        .set("start_time", ScheduleRow.timestamp(run.startTime()))
        .set("task", task.map(Task::id).orElse(TaskKey.NONE))
        .set("task_name", run.taskId())
        .set("explanation", run.explanation())
        .update();
  }

  void insert(List<Skip> skips) throws SQLException {
    if (!skips.isEmpty()) {
      NamedSql.on(connection, SKIP)
          .set("schedule", schedule)
          .rows(skips)
          .add("times", "timestamptz", skip -> ScheduleRow.timestamp(skip.scheduledTime()))
          .add("outcomes", "int2", skip -> outcome(skip).code())
          .add("texts", "text", Skip::explanation)
          .update();
    }
  }

  private static ScheduleRun.Outcome outcome(Skip skip) {
    return switch (skip.reason()) {
      case OVERLAP -> ScheduleRun.Outcome.SKIPPED_OVERLAP;
      case CLOSED -> ScheduleRun.Outcome.SKIPPED_CLOSED;
      case MISSED -> ScheduleRun.Outcome.MISSED;
    };
  }

  /** Removes some of what is older than this. */
  void forget(Duration keep) throws SQLException {
    NamedSql.on(connection, FORGET).set("schedule", schedule).set("keep", keep.toMillis()).update();
  }

  /** The schedule has to be looked at then. */
  void lookAt(Instant due) throws SQLException {
    NamedSql.on(connection, DUE)
        .set("schedule", schedule)
        .set("due", ScheduleRow.timestamp(due))
        .update();
  }
}
