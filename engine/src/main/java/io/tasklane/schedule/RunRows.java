package io.tasklane.schedule;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.NamedSql;
import io.tasklane.schedule.firing.Firing;
import io.tasklane.schedule.firing.Skip;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs and skips of one schedule, whose row is locked.
 *
 * @param connection of the transaction
 * @param schedule key of the schedule
 */
record RunRows(Connection connection, long schedule) {
  private static final String UNSEEN =
      "SELECT scheduled_time, end_time, end_state, "
          + RunTarget.NAME
          + " FROM schedule_run WHERE schedule = :schedule AND NOT seen ORDER BY scheduled_time";

  /** Workflows whose start time has come. */
  private static final String DELAYED =
      """
      SELECT scheduled_time, cause FROM schedule_run
      WHERE schedule = :schedule AND NOT seen AND end_time IS NULL AND task_name = ''
        AND start_time <= :now
      ORDER BY start_time, scheduled_time""";

  private static final String BEGIN =
      """
      UPDATE schedule_run SET start_time = :start_time, task = :task, workflow = :workflow,
          task_name = :name
      WHERE schedule = :schedule AND scheduled_time = :scheduled_time""";

  /** One that has not begun ends; the schedule has still to take note. */
  private static final String END =
      """
      UPDATE schedule_run SET outcome = :outcome, explanation = :explanation,
          end_time = clock_timestamp(), end_state = :state
      WHERE schedule = :schedule AND scheduled_time = :scheduled_time AND end_time IS NULL""";

  private static final String SEE =
      """
      UPDATE schedule_run SET seen = true
      WHERE schedule = :schedule AND NOT seen AND scheduled_time = ANY (:times)""";
  private static final String RAN =
      """
      SELECT scheduled_time FROM schedule_run
      WHERE schedule = :schedule AND scheduled_time = ANY (:times)""";
  private static final String START =
      """
      INSERT INTO schedule_run (schedule, scheduled_time, cause, outcome, start_time, task,
          workflow, task_name, explanation, seen)
      SELECT :schedule, r.scheduled_time, r.cause, r.outcome, r.start_time, r.task, r.workflow,
          r.task_name, '', false
      FROM unnest(:times::timestamptz[], :causes::smallint[], :outcomes::smallint[],
              :starts::timestamptz[], :tasks::bigint[], :workflows::bigint[],
              :names::text[])
            AS r (scheduled_time, cause, outcome, start_time, task, workflow, task_name)""";
  private static final String FAIL =
      """
      INSERT INTO schedule_run (schedule, scheduled_time, cause, outcome, task_name, explanation,
          end_time, seen)
      VALUES (:schedule, :scheduled_time, :cause, :outcome, '', :explanation, clock_timestamp(),
          true)""";
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
   * @param target name of its task or workflow; empty where it has none yet
   * @param end when that ended; empty before
   * @param state in which it ended
   */
  record Unseen(
      Instant scheduledTime, String target, Optional<Instant> end, Optional<TaskState> state) {
    /** What to call it. */
    String label() {
      return target.isEmpty() ? "the run of " + scheduledTime : target;
    }
  }

  /**
   * A run that has not ended.
   *
   * @param target name of its task or workflow; empty where it has none yet
   */
  record Open(Instant scheduledTime, String target) {}

  List<Unseen> unseen() throws SQLException {
    return NamedSql.on(connection, UNSEEN).set("schedule", schedule).list(RunRows::unseen);
  }

  private static Unseen unseen(ResultSet row) throws SQLException {
    int state = row.getInt("end_state");
    return new Unseen(
        instant(row, "scheduled_time").orElseThrow(),
        row.getString("target"),
        instant(row, "end_time"),
        state == 0 ? Optional.empty() : Optional.of(TaskState.of(state)));
  }

  /**
   * A run that has just started.
   *
   * @param target what it has created
   */
  record Started(ScheduleRun run, RunTarget target) {}

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

  /** Those that have not run already, on whichever node and for whatever cause. */
  List<Firing> fresh(List<Firing> firings) throws SQLException {
    if (firings.isEmpty()) {
      return firings;
    }
    Set<Timestamp> ran =
        Set.copyOf(
            NamedSql.on(connection, RAN)
                .set("schedule", schedule)
                .rows(firings)
                .add("times", "timestamptz", RunRows::time)
                .list(row -> row.getTimestamp("scheduled_time")));
    return firings.stream().filter(firing -> !ran.contains(time(firing))).toList();
  }

  private static Timestamp time(Firing firing) {
    return ScheduleRow.timestamp(firing.key().scheduledTime());
  }

  /** Writes runs whose tasks were created. */
  void start(List<Started> runs) throws SQLException {
    NamedSql.on(connection, START)
        .set("schedule", schedule)
        .rows(runs)
        .add("times", "timestamptz", each -> ScheduleRow.timestamp(each.run().scheduledTime()))
        .add("causes", "int2", each -> each.run().cause().code())
        .add("outcomes", "int2", each -> each.run().outcome().code())
        .add("starts", "timestamptz", each -> ScheduleRow.timestamp(each.run().startTime()))
        .add("tasks", "int8", each -> each.target().task())
        .add("workflows", "int8", each -> each.target().workflow())
        .add("names", "text", each -> each.target().id())
        .update();
  }

  /** Runs whose workflows are to be started by now, with their causes. */
  List<ScheduleRun> delayed(Instant now) throws SQLException {
    return NamedSql.on(connection, DELAYED)
        .set("schedule", schedule)
        .set("now", ScheduleRow.timestamp(now))
        .list(
            row ->
                ScheduleRun.started(
                    instant(row, "scheduled_time").orElseThrow(),
                    ScheduleRun.Cause.of(row.getInt("cause")),
                    now,
                    ""));
  }

  /** Writes what a delayed run has started. */
  void begin(Started delayed) throws SQLException {
    NamedSql.on(connection, BEGIN)
        .set("schedule", schedule)
        .set("scheduled_time", ScheduleRow.timestamp(delayed.run().scheduledTime()))
        .set("start_time", ScheduleRow.timestamp(delayed.run().startTime()))
        .set("task", delayed.target().task())
        .set("workflow", delayed.target().workflow())
        .set("name", delayed.target().id())
        .update();
  }

  /** A run that has not begun never will. */
  void cancel(Open run, String why) throws SQLException {
    end(run.scheduledTime(), ScheduleRun.Outcome.STARTED, TaskState.CANCELLED, why);
  }

  /** A delayed run cannot be started. */
  void failDelayed(Instant scheduledTime, String why) throws SQLException {
    end(scheduledTime, ScheduleRun.Outcome.FAILED_TO_START, TaskState.FAILED, why);
  }

  private void end(Instant scheduledTime, ScheduleRun.Outcome outcome, TaskState state, String why)
      throws SQLException {
    NamedSql.on(connection, END)
        .set("schedule", schedule)
        .set("scheduled_time", ScheduleRow.timestamp(scheduledTime))
        .set("outcome", outcome.code())
        .set("state", state.code())
        .set("explanation", why)
        .update();
  }

  /** Writes a run that has ended at once, since its task could not be created. */
  void fail(ScheduleRun run) throws SQLException {
    NamedSql.on(connection, FAIL)
        .set("schedule", schedule)
        .set("scheduled_time", ScheduleRow.timestamp(run.scheduledTime()))
        .set("cause", run.cause().code())
        .set("outcome", run.outcome().code())
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
