package io.tasklane.task.explain;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.explain.RunTimes;
import io.tasklane.key.QueueKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How long the last runs of a queue took that succeeded. */
final class RecentRuns {
  private static final String SQL =
      """
      SELECT extract(epoch FROM k.end_time - k.start_time) AS seconds
      FROM (SELECT e.task FROM task_end e WHERE e.queue = :queue AND e.state = ${SUCCEEDED}
        ORDER BY e.queue, e.state, e.end_time DESC, e.task DESC LIMIT 200) e
      JOIN task k ON k.id = e.task
      WHERE k.start_time IS NOT NULL"""
          .replace("${SUCCEEDED}", Integer.toString(TaskState.SUCCEEDED.code()));

  private static final String OF_TYPE = SQL + " AND k.task_type = :task_type";
  private static final double NANOS = 1e9;

  private RecentRuns() {}

  /** How long the last successful runs of this queue took, whatever their type. */
  static RunTimes of(Connection connection, QueueKey queue) throws SQLException {
    return times(NamedSql.on(connection, SQL).set("queue", queue));
  }

  /** Of this queue's tasks of one type. */
  static RunTimes ofType(Connection connection, QueueKey queue, String taskType)
      throws SQLException {
    return times(NamedSql.on(connection, OF_TYPE).set("queue", queue).set("task_type", taskType));
  }

  private static RunTimes times(Parameters query) throws SQLException {
    List<Duration> runs =
        query.list(
            row -> Duration.ofNanos(Math.round(Math.max(0, row.getDouble("seconds")) * NANOS)));
    return RunTimes.of(runs);
  }
}
