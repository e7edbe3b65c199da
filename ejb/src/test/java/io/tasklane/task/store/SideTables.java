package io.tasklane.task.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.store.Database;
import io.tasklane.store.Postgres;
import java.util.Map;

/**
 * Checks, after each test of the store, that the small tables by which tasks are found hold just
 * the tasks they should, whatever statement made them move.
 */
final class SideTables {
  private static final Map<String, String> DIFFERENCES =
      Map.of(
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
