package io.tasklane.task.row;

import static io.tasklane.database.Rows.instant;
import static io.tasklane.database.Rows.text;

import io.tasklane.database.Rows;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Turns a row of {@code task}, with the queue's id as {@code queue_id}, into a {@link Task}. */
public final class TaskRows {
  private TaskRows() {}

  /** The task of the row that the result stands on. */
  public static Task read(ResultSet row) throws SQLException {
    return new Task(
        row.getLong("id"),
        row.getString("name"),
        row.getString("queue_id"),
        row.getString("task_type"),
        new Payload(row.getString("input_type"), row.getBytes("input")),
        new Priority(row.getInt("priority")),
        Rows.retryPolicy(row),
        Rows.timeouts(row),
        Duration.ofMillis(row.getLong("result_ttl_ms")),
        JsonColumns.labels(row.getString("labels")),
        start(row),
        text(row, "deduplication_key"),
        TaskState.of(row.getInt("state")),
        row.getInt("attempt"),
        row.getInt("lost_count"),
        row.getLong("fencing_token"),
        text(row, "node").orElse(""),
        text(row, "progress").map(JsonColumns::progress),
        result(row),
        row.getBoolean("result_partial"),
        Rows.failure(row, "failure_time"),
        cancelActor(row),
        instant(row, "create_time").orElseThrow(),
        instant(row, "start_time"),
        instant(row, "end_time"),
        instant(row, "next_attempt_time"),
        instant(row, "result_expire_time"),
        row.getInt("version"),
        row.getLong("revision"),
        text(row, "retry_of"),
        new RunRules(
            text(row, "ordering_key"),
            JsonColumns.units(row.getString("resource_units")),
            row.getBoolean("preemptible")),
        instant(row, "total_deadline"),
        row.getBoolean("needed"));
  }

  private static StartConditions start(ResultSet row) throws SQLException {
    return new StartConditions(
        JsonColumns.dependencies(row.getString("dependencies")),
        instant(row, "run_after"),
        instant(row, "expire_time"));
  }

  private static Optional<Payload> result(ResultSet row) throws SQLException {
    byte[] body = row.getBytes("result");
    return body == null
        ? Optional.empty()
        : Optional.of(new Payload(row.getString("result_type"), body));
  }

  private static Optional<Actor> cancelActor(ResultSet row) throws SQLException {
    String principal = row.getString("cancel_principal");
    return principal == null
        ? Optional.empty()
        : Optional.of(new Actor(principal, row.getString("cancel_reason")));
  }
}
