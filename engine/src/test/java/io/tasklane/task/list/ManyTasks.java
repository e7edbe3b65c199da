package io.tasklane.task.list;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;

/**
 * Very many tasks, written by SQL as the store would have written them. In the order of creation,
 * one a second: most have SUCCEEDED; the oldest tenth waits QUEUED with priority 1; a few are what
 * a filter finds hard to find.
 */
public final class ManyTasks {
  /** When the first was created. */
  static final String FIRST = "2026-01-01T00:00:00Z";

  private static final String TASKS =
      """
      INSERT INTO task (id, move_xid, create_time, state_time, start_time, end_time, revision,
          initial_backoff_ms, maximum_backoff_ms, backoff_multiplier, jitter, attempt_timeout_ms,
          result_ttl_ms, queue, version, state, priority, attempt, maximum_attempts, name,
          task_type, input_type, input, create_principal, node, labels, failure_kind, failure_code,
          failure_message, failure_trace, failure_time, result_type, result)
      SELECT i, 1, at, at, CASE WHEN state >= 5 THEN at END,
          CASE WHEN state >= 8 THEN at + interval '1 min' END, i, 1000, 3600000, 2, 0, 60000,
          3600000, q.id, 3, state, priority, 1, 4, 'many-' || i, type, 'application/json',
          convert_to('{"symbols":["AAPL","MSFT"],"n":' || i || '}', 'UTF8'), 'anonymous', 'n1',
          labels, CASE WHEN state IN (6, 9) THEN 1 END, code, code, code,
          CASE WHEN code IS NOT NULL THEN at END, 'application/json', '\\x7b7d'
      FROM (
        SELECT i, timestamptz '%2$s' + i * interval '1 s' AS at,
            CASE WHEN i %% 333331 = 7 THEN 9 WHEN i %% 250007 = 9 THEN 10
              WHEN i %% 333331 = 11 THEN 6 WHEN i %% 333331 = 13 THEN 5
              WHEN i <= %1$d / 10 THEN 3 ELSE 8 END AS state,
            CASE WHEN i %% 333331 = 7 THEN 'FEED_DOWN' WHEN i %% 333331 = 11 THEN 'LATER' END
              AS code,
            CASE WHEN i %% 333331 = 21 THEN 10 WHEN i <= %1$d / 10 THEN 1 ELSE 5 END AS priority,
            CASE WHEN i %% 333331 = 22 THEN 'rare_type' WHEN i %% 3 = 0 THEN 'news_monitoring'
              ELSE 'recommendation' END AS type,
            CASE WHEN i %% 333331 = 23 THEN 'RARE' WHEN i %% 10 < 6 THEN 'LARGE' ELSE 'SMALL' END
              AS queue,
            jsonb_build_object('run', 'r' || i / 10000, 'desk',
              CASE WHEN i %% 2 = 0 THEN 'us' ELSE 'eu' END) ||
              CASE WHEN i %% 333331 = 24 THEN '{"once":"yes"}' ELSE '{}' END::jsonb AS labels
        FROM generate_series(1, %1$d) i) x
      JOIN queue q ON q.name = x.queue""";
  private static final String QUEUES =
      """
      INSERT INTO queue (name, maximum_attempts, initial_backoff_ms, backoff_multiplier,
          maximum_backoff_ms, jitter, attempt_timeout_ms, result_ttl_ms)
      SELECT unnest(ARRAY['LARGE', 'SMALL', 'RARE', 'EMPTY']), 4, 1000, 2, 1000, 0, 1000, 1000""";
  private static final String SIDE_TABLES =
      """
      INSERT INTO task_label SELECT l.key, l.value, k.id FROM task k, jsonb_each_text(k.labels) l;
      INSERT INTO task_end SELECT queue, state, id, end_time, failure_code FROM task
        WHERE state >= 8;
      UPDATE task SET order_key = -priority WHERE state < 8;
      INSERT INTO task_ready SELECT queue, 1, order_key, id FROM task WHERE state = 3;
      INSERT INTO task_lease SELECT queue, id, 'n1', 1, 1 FROM task WHERE state IN (5, 7);
      INSERT INTO task_due SELECT create_time, id FROM task WHERE state = 6;
      INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT id, queue, task_type, failure_code, '0123456789abcdef', end_time FROM task
        WHERE state = 9;
      SELECT setval('task_seq', %d);
      """;

  private ManyTasks() {}

  public static void fill(Database database, int tasks) {
    Postgres.run(database, QUEUES);
    Postgres.run(database, TASKS.formatted(tasks, FIRST));
    fillSideTables(database, tasks);
  }

  /** What stands beside the rows of task, which has so many. */
  public static void fillSideTables(Database database, int tasks) {
    Postgres.run(database, SIDE_TABLES.formatted(tasks));
    Postgres.run(database, "VACUUM ANALYZE");
  }
}
