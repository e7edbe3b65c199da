package io.tasklane.task.list;

import io.tasklane.database.Sql;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.QueueKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of tasks: those of one queue, type and priority. One index holds the tasks of each kind in
 * the order of their creation, and there are few kinds, so a list of one queue, type or priority
 * merges the kinds that match.
 *
 * @param queue key of the queue
 * @param taskType name of the type
 * @param priority 1 to 10
 */
record TaskKind(QueueKey queue, String taskType, int priority) {
  /** Jumps from kind to kind along the index: as many looks as there are kinds. */
  private static final String KINDS =
      """
      WITH RECURSIVE kind AS (
        SELECT f.* FROM unnest('{${QUEUES}}'::int[]) AS q (queue) CROSS JOIN LATERAL (
          SELECT k.queue, k.task_type, k.priority FROM task k
          WHERE (k.queue, k.task_type, k.priority, k.id) > (q.queue, ?::text, 0::smallint, 0)
            AND (k.queue, k.task_type) < (q.queue, ?::text)
          ORDER BY k.queue, k.task_type, k.priority, k.id LIMIT 1) f
        UNION ALL
        SELECT n.* FROM kind CROSS JOIN LATERAL (
          SELECT k.queue, k.task_type, k.priority FROM task k
          WHERE (k.queue, k.task_type, k.priority, k.id)
              > (kind.queue, kind.task_type, kind.priority, ${LAST_ID})
            AND (k.queue, k.task_type) < (kind.queue, ?::text)
          ORDER BY k.queue, k.task_type, k.priority, k.id LIMIT 1) n)
      SELECT queue, task_type, priority FROM kind WHERE true"""
          .replace("${LAST_ID}", Long.toString(Long.MAX_VALUE));

  /** Sorts after all names of task types. */
  private static final String AFTER_ALL = "\uffff";

  /** Whether a filter asks for what kinds differ in. */
  static boolean isAskedBy(TaskFilter filter) {
    return filter.queue().isPresent()
        || filter.taskType().isPresent()
        || filter.priority().isPresent();
  }

  /** SQL: the kinds that a filter can match, among the tasks of these queues. */
  static Sql matching(TaskFilter filter, Collection<QueueKey> queues) {
    String keys = queues.stream().map(String::valueOf).collect(Collectors.joining(","));
    String from = filter.taskType().orElse("");
    String until = filter.taskType().map(type -> type + "\u0001").orElse(AFTER_ALL);
    Sql priority =
        filter.priority().map(value -> Sql.of(" AND priority = " + value)).orElse(Sql.of(""));
    return Sql.of(KINDS.replace("${QUEUES}", keys), from, until, until).then(priority);
  }

  /** A kind of the result of that. */
  static TaskKind read(ResultSet row) throws SQLException {
    return new TaskKind(new QueueKey(row.getInt(1)), row.getString(2), row.getInt(3));
  }

  /** SQL: a FROM item {@code g} with these kinds. */
  static Sql groups(List<TaskKind> kinds) {
    String rows =
        kinds.stream()
            .map(kind -> "(" + kind.queue + ", ?::text, " + kind.priority + "::smallint)")
            .collect(Collectors.joining(", "));
    Object[] types = kinds.stream().map(TaskKind::taskType).toArray();
    return Sql.of("(VALUES " + rows + ") AS g (queue, task_type, priority)", types);
  }
}
