package io.tasklane.monitor;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the statistics of the queues start from, which no event says. */
public final class StatsBegin {
  private static final String COUNTS =
      "SELECT queue, state, priority, count(*) FROM task GROUP BY queue, state, priority";

  private static final String DEAD_LETTERS =
      "SELECT queue, count(*) FROM dead_letter GROUP BY queue";
  private static final String RUNNING =
      """
      SELECT l.queue, k.id, k.name, k.task_type, k.state_time
      FROM task_lease l JOIN task k ON k.id = l.task""";

  /**
   * The oldest of each rank and priority is one step into the index, and so is the oldest of those
   * set aside; for a queue with aging, the index of waiting tasks is read. The oldest of all is the
   * result.
   */
  private static final String OLDEST =
      """
      SELECT q.id, extract(epoch FROM clock_timestamp() - min(k.create_time)) * 1000
      FROM queue q, LATERAL (
        SELECT head.task
        FROM (VALUES (0), (1)) AS rank (r), generate_series(1, 10) AS priority (p),
          LATERAL (SELECT task FROM task_ready WHERE queue = q.id AND rank = r AND order_key = -p
            ORDER BY queue, rank, order_key, task LIMIT 1) AS head
        UNION ALL
        SELECT min(task) FROM task_ready
        WHERE queue = q.id AND rank IN (0, 1) AND order_key > 0 AND q.aging_ms IS NOT NULL
        UNION ALL
        SELECT min(task) FROM task_aside WHERE queue = q.id) AS waiting
        JOIN task k ON k.id = waiting.task
      GROUP BY q.id""";

  /**
   * Tasks of one queue in one state with one priority.
   *
   * @param queue key of the queue
   * @param state their state
   * @param priority their priority
   * @param count how many
   */
  public record Count(QueueKey queue, TaskState state, int priority, long count) {}

  /**
   * The counts, and the transactions they include.
   *
   * @param counts what was counted
   * @param deadLetters of each queue, by its key; absent means none
   * @param running the running tasks
   * @param snapshot of the counting queries, as PostgreSQL prints it
   */
  public record Begin(
      List<Count> counts, Map<QueueKey, Long> deadLetters, List<AtWork> running, String snapshot) {}

  /**
   * A task that runs.
   *
   * @param queue key of the queue
   * @param task key of the task
   * @param running what the counters show of it
   */
  public record AtWork(QueueKey queue, TaskKey task, QueueCounters.Running running) {}

  private StatsBegin() {}

  /** Counts all tasks, in one snapshot. */
  public static Begin count(Database database) {
    return database.with(StatsBegin::countInOneSnapshot);
  }

  private static Begin countInOneSnapshot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      NamedSql.on(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").update();
      String snapshot =
          NamedSql.on(connection, "SELECT pg_current_snapshot()::text")
              .one(row -> row.getString(1));
      List<Count> counts = NamedSql.on(connection, COUNTS).list(StatsBegin::count);
      Map<QueueKey, Long> deadLetters = new HashMap<>();
      NamedSql.on(connection, DEAD_LETTERS)
          .each(row -> deadLetters.put(new QueueKey(row.getInt(1)), row.getLong(2)));
      List<AtWork> running = NamedSql.on(connection, RUNNING).list(StatsBegin::atWork);
      return new Begin(counts, deadLetters, running, snapshot);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        new QueueKey(row.getInt(1)), TaskState.of(row.getInt(2)), row.getInt(3), row.getLong(4));
  }

  private static AtWork atWork(ResultSet row) throws SQLException {
    return new AtWork(
        new QueueKey(row.getInt("queue")),
        new TaskKey(row.getLong("id")),
        new QueueCounters.Running(
            "tasks/" + row.getString("name"),
            row.getString("task_type"),
            Rows.instant(row, "state_time").orElseThrow()));
  }

  /** How long the longest-waiting task of each queue has waited; absent if none waits. */
  public static Map<QueueKey, Duration> oldestAges(Database database) {
    return database.with(
        connection -> {
          Map<QueueKey, Duration> ages = new HashMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(OLDEST)) {
            while (row.next()) {
              ages.put(new QueueKey(row.getInt(1)), Duration.ofMillis(row.getLong(2)));
            }
          }
          return ages;
        });
  }
}
