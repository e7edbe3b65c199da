package io.tasklane.retention;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;

/** Tasks of long ago, written as the store would have. */
final class OldTasks {
  private final Database database;

  OldTasks(Database database) {
    this.database = database;
    try (GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {})) {
      QueueSettings queue =
          new QueueSettings(
              "Q",
              QueuePolicy.STANDARD,
              RetryPolicy.DEFAULT,
              Duration.ofMinutes(1),
              Duration.ofDays(1));
      committer.submit(new EnsureQueues(), List.of(queue)).join();
    }
  }

  /**
   * Tasks name-1 to name-count that were created and ended so many days ago, each with an attempt
   * and, where they succeeded, a result that is kept for a day.
   */
  void ended(String name, int count, TaskState state, int daysAgo) {
    insert(name, count, state, daysAgo, true);
    Postgres.run(
        database,
        """
        INSERT INTO task_attempt (task, token, number, node, start_time, end_time)
        SELECT id, id, 1, 'n1', create_time, end_time FROM task WHERE name LIKE '%1$s-%%';
        INSERT INTO task_end (queue, state, task, end_time)
        SELECT queue, state, id, end_time FROM task WHERE name LIKE '%1$s-%%';
        UPDATE task SET labels = '{"run":"r1","desk":"us"}' WHERE name LIKE '%1$s-%%';
        INSERT INTO task_label (key, value, task)
        SELECT l.key, l.value, id FROM task, jsonb_each_text(labels) l WHERE name LIKE '%1$s-%%'"""
            .formatted(name));
    if (state == TaskState.FAILED) {
      Postgres.run(
          database,
          """
          INSERT INTO dead_letter
            (task, queue, task_type, failure_code, fingerprint, create_time)
          SELECT id, queue, task_type, 'X', '0123456789abcdef', end_time
          FROM task WHERE name LIKE '%s-%%'"""
              .formatted(name));
    }
  }

  /** Tasks that were created so many days ago and have not ended. */
  void unfinished(String name, int count, TaskState state, int daysAgo) {
    insert(name, count, state, daysAgo, false);
  }

  private void insert(String name, int count, TaskState state, int daysAgo, boolean ended) {
    boolean result = state == TaskState.SUCCEEDED;
    Postgres.run(
        database,
        """
        INSERT INTO task (id, move_xid, create_time, state_time, end_time, result_expire_time,
          revision, initial_backoff_ms, maximum_backoff_ms, backoff_multiplier, jitter,
          attempt_timeout_ms, result_ttl_ms, queue, version, state, priority, maximum_attempts,
          name, task_type, input_type, input, create_principal, result_type, result)
        SELECT nextval('task_seq'), 1, at, at, CASE WHEN %4$s THEN at END,
          CASE WHEN %5$s THEN at + interval '1 day' END, 1, 1, 1, 1, 0, 1000, 86400000, q.id, 3,
          %3$d, 5, 4, '%1$s-' || i, 'system.noop', 'application/json', '{}', 'tester',
          CASE WHEN %5$s THEN 'application/json' END, CASE WHEN %5$s THEN '{}'::bytea END
        FROM generate_series(1, %2$d) AS i, queue q,
          (SELECT clock_timestamp() - %6$d * interval '1 day' AS at) t
        ORDER BY i"""
            .formatted(name, count, state.code(), ended, result, daysAgo));
  }

  /** How many tasks with this name are left. */
  long left(String name) {
    return number("SELECT count(*) FROM task WHERE name LIKE '" + name + "-%'");
  }

  /** How many of them have a result. */
  long results(String name) {
    return number(
        "SELECT count(*) FROM task WHERE result IS NOT NULL AND result_type IS NOT NULL"
            + " AND name LIKE '"
            + name
            + "-%'");
  }

  long number(String sql) {
    return Postgres.number(database, sql);
  }
}
