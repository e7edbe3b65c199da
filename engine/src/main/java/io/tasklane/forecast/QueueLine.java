package io.tasklane.forecast;

import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.rollup.RollupCounts;
import io.tasklane.rollup.RollupReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A queue and what is in it now. */
final class QueueLine {
  /** The first so many tasks are read one by one, those after them by type and priority. */
  private static final int ONE_BY_ONE = 1_000;

  /** Tasks that are not read one by one are drawn together, in so many lots. */
  private static final int LOTS = 200;

  private static final int MINUTES = 60;

  private static final String FIRST =
      """
      SELECT r.task, k.task_type, k.priority, 0 AS elapsed FROM (
        SELECT * FROM task_ready r WHERE r.queue = :queue
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${FIRST}) r
      JOIN task k ON k.id = r.task ORDER BY r.rank, r.order_key, r.task"""
          .replace("${FIRST}", Integer.toString(ONE_BY_ONE));

  private static final String REST =
      """
      SELECT k.task_type, k.priority, count(*) AS count FROM (
        SELECT * FROM task_ready r WHERE r.queue = :queue
        ORDER BY r.queue, r.rank, r.order_key, r.task OFFSET ${FIRST}) r
      JOIN task k ON k.id = r.task GROUP BY k.task_type, k.priority
      ORDER BY k.priority DESC, k.task_type"""
          .replace("${FIRST}", Integer.toString(ONE_BY_ONE));

  private static final String RUNNING =
      """
      SELECT l.task, k.task_type, k.priority,
          extract(epoch FROM clock_timestamp() - k.start_time) AS elapsed
      FROM task_lease l JOIN task k ON k.id = l.task WHERE l.queue = :queue""";

  private record Task(TaskKey key, String type, int priority, double elapsed) {}

  private final Queue queue;
  private final Map<String, RollupCounts> history;
  private final List<Map<String, Long>> arrivals;
  private final List<Task> first;
  private final List<QueueOutlook.Waiting> rest;
  private final List<Task> running;
  private final Map<TaskKey, Integer> places = new HashMap<>();

  private QueueLine(Connection connection, Queue queue, Instant now) throws SQLException {
    RollupReader rollups = new RollupReader(connection);
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    this.queue = queue;
    this.history = rollups.recent(queue.key(), now);
    this.arrivals =
        rollups.arrivals(queue.key(), minute.minus(Duration.ofMinutes(MINUTES)), MINUTES);
    this.first = tasks(connection, FIRST, queue.key());
    this.rest = first.size() < ONE_BY_ONE ? List.of() : rest(connection, queue.key());
    this.running = tasks(connection, RUNNING, queue.key());
    for (Task task : first) {
      places.put(task.key(), places.size());
    }
  }

  /** The queue with this id; empty if there is none. */
  static Optional<QueueLine> read(Connection connection, String queueId, Instant now)
      throws SQLException {
    Optional<Queue> queue = new QueueReader(connection).find(queueId);
    return queue.isEmpty()
        ? Optional.empty()
        : Optional.of(new QueueLine(connection, queue.get(), now));
  }

  private static List<Task> tasks(Connection connection, String sql, QueueKey queue)
      throws SQLException {
    return NamedSql.on(connection, sql)
        .set("queue", queue)
        .list(
            row ->
                new Task(
                    new TaskKey(row.getLong("task")),
                    row.getString("task_type"),
                    row.getInt("priority"),
                    Math.max(0, row.getDouble("elapsed"))));
  }

  private static List<QueueOutlook.Waiting> rest(Connection connection, QueueKey queue)
      throws SQLException {
    List<QueueOutlook.Waiting> lots = new ArrayList<>();
    NamedSql.on(connection, REST)
        .set("queue", queue)
        .each(
            row -> {
              int left = row.getInt("count");
              int lot = Math.max(1, left / LOTS);
              while (left > 0) {
                lots.add(
                    new QueueOutlook.Waiting(
                        row.getString("task_type"),
                        row.getInt("priority"),
                        ONE_BY_ONE + lots.size(),
                        Math.min(lot, left)));
                left -= lot;
              }
            });
    return lots;
  }

  /** Whether it starts no task. */
  boolean isPaused() {
    return queue.state() == QueueState.PAUSED;
  }

  /** The place of a task in the line; the last where it is far behind, or set aside. */
  int place(TaskKey task) {
    return places.getOrDefault(task, ONE_BY_ONE + rest.size());
  }

  /** What is known of its tasks, by type. */
  Map<String, RollupCounts> history() {
    return history;
  }

  /** The queue without these tasks. */
  QueueOutlook outlook(Set<TaskKey> own) {
    List<QueueOutlook.Waiting> waiting = new ArrayList<>();
    for (Task task : first) {
      if (!own.contains(task.key())) {
        waiting.add(
            new QueueOutlook.Waiting(task.type(), task.priority(), places.get(task.key()), 1));
      }
    }
    waiting.addAll(rest);
    return new QueueOutlook(
        queue.policy().concurrency(),
        queue.policy().limits().rate(),
        running.stream()
            .filter(task -> !own.contains(task.key()))
            .map(task -> new QueueOutlook.Running(task.type(), task.elapsed()))
            .toList(),
        waiting,
        arrivals);
  }
}
