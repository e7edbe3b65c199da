package io.tasklane.task.list;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Attempt;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the runs of a task, including the present one. A run that succeeded and logged nothing has
 * no row of its own: it was the last one, and the task says all about it.
 *
 * @param connection to read on
 */
public record AttemptReader(Connection connection) {
  private static final String LIST =
      """
      SELECT * FROM (
        SELECT token, number, node, start_time, end_time, failure_kind, failure_code,
            failure_message, failure_trace, coalesce(log, (
              SELECT l.log FROM task_log l WHERE l.task = r.task AND l.token = r.token)) AS log
        FROM task_attempt r WHERE task = :task
        UNION ALL
        SELECT fencing_token, attempt, node, start_time, end_time, NULL, NULL, NULL, NULL, (
          SELECT l.log FROM task_log l WHERE l.task = k.id AND l.token = k.fencing_token)
        FROM task k WHERE id = :task AND (state IN (%d, %d) OR state = %d AND NOT EXISTS (
          SELECT FROM task_attempt WHERE task = k.id AND token = k.fencing_token))) a
      WHERE token > :after ORDER BY token LIMIT :limit"""
          .formatted(
              TaskState.RUNNING.code(), TaskState.CANCELLING.code(), TaskState.SUCCEEDED.code());

  /** The runs of this task after a fencing token, in the order in which they began. */
  public List<Attempt> list(TaskKey task, FencingToken afterToken, int limit) throws SQLException {
    return NamedSql.on(connection, LIST)
        .set("task", task)
        .set("after", afterToken)
        .set("limit", limit)
        .list(AttemptReader::read);
  }

  private static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        new FencingToken(row.getLong("token")),
        row.getString("node"),
        Rows.instant(row, "start_time").orElseThrow(),
        Rows.instant(row, "end_time"),
        Rows.failure(row, "end_time"),
        Rows.text(row, "log").orElse(""));
  }
}
