package io.tasklane.step;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the steps of tasks. */
final class StepRows {
  /** SQL: the columns of a step {@code s} without its result, and the time until it is due. */
  static final String COLUMNS =
      """
      s.name, s.kind, s.state, s.token, s.attempt, s.failed_tries, s.start_time, s.end_time,
      s.due, s.result_bytes, s.failure_kind, s.failure_code, s.failure_message,
      '' AS failure_trace,
      greatest(0, ceil(extract(epoch FROM s.due - clock_timestamp()) * 1000)) AS left_ms""";

  private static final String LIST =
      "SELECT "
          + COLUMNS
          + """

          FROM task_step s JOIN task k ON k.id = s.task
          WHERE k.name = :task ORDER BY s.number, s.name""";
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """

          FROM task_step s JOIN task k ON k.id = s.task
          WHERE k.name = :task AND s.name = :step""";
  private static final String RESULT =
      """
      SELECT s.result_type, s.result, s.outside FROM task_step s JOIN task k ON k.id = s.task
      WHERE k.name = :task AND s.name = :step""";

  private static final String LIVE =
      "SELECT 1 FROM task WHERE name = :task AND fencing_token = :token AND state IN (%d, %d)"
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  private StepRows() {}

  static boolean isLive(Connection connection, String taskId, FencingToken token)
      throws SQLException {
    return NamedSql.on(connection, LIVE).set("task", taskId).set("token", token).exists();
  }

  /** All steps of a task, in the order in which they were first recorded. */
  static List<KnownStep> list(Connection connection, String taskId) throws SQLException {
    return NamedSql.on(connection, LIST).set("task", taskId).list(StepRows::read);
  }

  static Optional<KnownStep> find(Connection connection, String taskId, String step)
      throws SQLException {
    return NamedSql.on(connection, FIND)
        .set("task", taskId)
        .set("step", step)
        .first(StepRows::read);
  }

  static Optional<StoredResult> result(Connection connection, String taskId, String step)
      throws SQLException {
    return NamedSql.on(connection, RESULT)
        .set("task", taskId)
        .set("step", step)
        .first(StepRows::readResult);
  }

  private static StoredResult readResult(ResultSet row) throws SQLException {
    String type = row.getString(1);
    return new StoredResult(
        type == null ? Optional.empty() : Optional.of(new Payload(type, row.getBytes(2))),
        row.getBoolean(3));
  }

  static KnownStep read(ResultSet row) throws SQLException {
    Optional<Failure> failure =
        Rows.failure(row, row.getObject("end_time") == null ? "start_time" : "end_time");
    return new KnownStep(
        new TaskStep(
            row.getString("name"),
            StepKind.of(row.getInt("kind")),
            StepState.of(row.getInt("state")),
            new FencingToken(row.getLong("token")),
            row.getInt("attempt"),
            row.getInt("failed_tries"),
            Rows.instant(row, "start_time").orElseThrow(),
            Rows.instant(row, "end_time"),
            Rows.instant(row, "due"),
            failure,
            row.getLong("result_bytes")),
        Duration.ofMillis(row.getLong("left_ms")));
  }
}
