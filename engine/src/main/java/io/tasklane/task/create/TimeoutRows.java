package io.tasklane.task.create;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Writes the less common time limits into the rows of tasks that this transaction has created, in a
 * statement of its own, so that tasks without them cost nothing.
 */
final class TimeoutRows {
  /** When the time limits of a new task are checked first. */
  static final String FIRST_CHECK =
      "k.create_time + least(k.queue_timeout_ms, k.total_timeout_ms) * interval '1 ms'";

  private static final String SQL =
      """
      WITH limited AS (
        UPDATE task k SET queue_timeout_ms = l.queue_ms, total_timeout_ms = l.total_ms,
            cancel_grace_ms = l.grace_ms
        FROM unnest(:tasks::bigint[], :queue_ms::bigint[], :total_ms::bigint[], :grace_ms::bigint[])
          AS l (task, queue_ms, total_ms, grace_ms)
        WHERE k.id = l.task
        RETURNING k.id, k.state, %s AS look)
      INSERT INTO task_deadline (due, task)
      SELECT look, id FROM limited WHERE look IS NOT NULL AND state < %d
      ON CONFLICT DO NOTHING
      RETURNING extract(epoch FROM due - clock_timestamp()) * 1000 AS due_in"""
          .formatted(
              FIRST_CHECK,
              TaskState.SUCCEEDED.code()); // the final states are this one and those above it

  private TimeoutRows() {}

  /** Writes the limits of those tasks that have any. */
  static void write(Batch batch, Collection<Task> created, ReadySignals signals)
      throws SQLException {
    List<Task> limited = created.stream().filter(TimeoutRows::isLimited).toList();
    if (!limited.isEmpty()) {
      NamedSql.on(batch.connection(), SQL)
          .rows(limited)
          .add("tasks", "int8", Task::id)
          .add("queue_ms", "int8", task -> millis(task.timeouts().queue()))
          .add("total_ms", "int8", task -> millis(task.timeouts().total()))
          .add("grace_ms", "int8", task -> millis(grace(task)))
          .list(row -> Duration.ofMillis(row.getLong("due_in")))
          .forEach(dueIn -> batch.afterCommit(() -> signals.dueIn(dueIn)));
    }
  }

  private static boolean isLimited(Task task) {
    return task.timeouts().limitWaiting() || grace(task).isPresent();
  }

  private static Optional<Duration> grace(Task task) {
    return Optional.of(task.timeouts().cancelGrace())
        .filter(grace -> !grace.equals(Timeouts.DEFAULT_CANCEL_GRACE));
  }

  private static Long millis(Optional<Duration> time) {
    return time.map(Duration::toMillis).orElse(null);
  }
}
