package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.util.Map;

/**
 * Checks, after each test of the store, that the small tables by which tasks are found hold just
 * the tasks they should, whatever statement made them move.
 */
final class SideTables {
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "task_ready",
          """
          SELECT count(*) FROM (SELECT queue, id, order_key FROM task
            WHERE state = 3 AND NOT key_waits AND NOT EXISTS (
              SELECT FROM task_aside a WHERE a.task = task.id AND (a.resource IS NOT NULL
                OR EXISTS (SELECT FROM task_suspect s WHERE s.task = a.task)))) k
            FULL JOIN task_ready r ON r.task = k.id AND r.queue = k.queue
              AND r.order_key = k.order_key AND r.rank IN (0, 1)
          WHERE r.task IS NULL OR k.id IS NULL""",
          "task_aside",
          """
          SELECT count(*) FROM (SELECT queue, id, order_key FROM task
            WHERE state = 3 AND (key_waits OR (resource_units IS NOT NULL
              OR EXISTS (SELECT FROM task_suspect s WHERE s.task = task.id)) AND NOT EXISTS (
              SELECT FROM task_ready r WHERE r.queue = task.queue AND r.rank IN (0, 1)
                AND r.order_key = task.order_key AND r.task = task.id))) k
            FULL JOIN task_aside a ON a.task = k.id AND a.queue = k.queue
              AND a.order_key = k.order_key
          WHERE a.task IS NULL OR k.id IS NULL""",
          "task_resource",
          """
          SELECT count(*) FROM (SELECT k.id, u.key, u.value::int AS units FROM task k,
            jsonb_each_text(k.resource_units) u WHERE k.state < 8) k
            FULL JOIN (SELECT n.*, r.name FROM task_resource n JOIN resource r
              ON r.id = n.resource) n
            ON n.task = k.id AND n.name = k.key AND n.units = k.units
          WHERE n.task IS NULL OR k.id IS NULL""",
          "ordering_line",
          """
          SELECT count(*) FROM (SELECT k.id, k.ordering_key, k.key_waits, g.turn FROM task k
            LEFT JOIN ordering_gate g ON g.key = k.ordering_key
            WHERE k.state < 8 AND k.ordering_key IS NOT NULL) k
            FULL JOIN ordering_line l ON l.task = k.id AND l.key = k.ordering_key
              AND k.key_waits = (k.turn IS DISTINCT FROM k.id)
          WHERE l.task IS NULL OR k.id IS NULL""",
          "ordering_gate",
          """
          SELECT count(*) FROM ordering_gate g
          WHERE NOT EXISTS (SELECT FROM ordering_line l WHERE l.key = g.key)
            OR g.turn IS NULL AND EXISTS (
              SELECT FROM ordering_line l WHERE l.key = g.key AND NOT l.resting)""",
          "task_end",
          """
          SELECT count(*) FROM (SELECT queue, state, id, end_time, failure_code FROM task
            WHERE state >= 8) k FULL JOIN task_end e
          ON e.task = k.id AND e.queue = k.queue AND e.state = k.state AND e.end_time = k.end_time
            AND e.failure_code IS NOT DISTINCT FROM k.failure_code
          WHERE e.task IS NULL OR k.id IS NULL""",
          "task_label",
          """
          SELECT count(*) FROM (SELECT id, l.key, l.value FROM task, jsonb_each_text(labels) l) k
            FULL JOIN task_label e ON e.task = k.id AND e.key = k.key AND e.value = k.value
          WHERE e.task IS NULL OR k.id IS NULL""",
          "dead_letter",
          """
          SELECT count(*) FROM (SELECT id, queue, task_type, failure_code FROM task
            WHERE state = 9 AND NOT EXISTS (SELECT FROM task_event e
              WHERE e.task = task.id AND e.subject LIKE 'deadLetters/%' AND e.kind = 12)) k
            FULL JOIN dead_letter d ON d.task = k.id AND d.queue = k.queue
              AND d.task_type = k.task_type AND d.failure_code = k.failure_code
              AND d.fingerprint ~ '^[0-9a-f]{16}$'
          WHERE d.task IS NULL OR k.id IS NULL""");

  private SideTables() {}

  static void agree(Database database) {
    DIFFERENCES.forEach(
        (table, differences) ->
            assertThat(Postgres.number(database, differences))
                .as("rows in which %s differs from task", table)
                .isZero());
  }
}
