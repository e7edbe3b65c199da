package io.tasklane.task.create;

import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the unfinished tasks that new ones would duplicate, by their deduplication keys. */
final class Duplicates {
  /** A business identity: the key of the queue, and the deduplication key. */
  record Identity(QueueKey queue, String key) {
    static Identity of(NewTask task) {
      return new Identity(task.queue(), task.deduplicationKey().orElseThrow());
    }
  }

  private static final String FIND =
      """
      SELECT %s, d.queue AS double_queue, d.key AS double_key
      FROM unnest(:queues::int[], :keys::text[]) AS w (queue, key)
      JOIN task_deduplication d ON d.queue = w.queue AND d.key = w.key
      JOIN task k ON k.id = d.task JOIN queue q ON q.id = k.queue"""
          .formatted(TaskRows.columns("k", "q.name"));

  private Duplicates() {}

  /** The unfinished task of each of these identities that has one. */
  static Map<Identity, Task> find(Connection connection, Collection<NewTask> tasks)
      throws SQLException {
    List<Identity> wanted =
        tasks.stream()
            .filter(task -> task.deduplicationKey().isPresent())
            .map(Identity::of)
            .distinct()
            .toList();
    Map<Identity, Task> found = new HashMap<>();
    if (!wanted.isEmpty()) {
      NamedSql.on(connection, FIND)
          .rows(wanted)
          .add("queues", "int4", Identity::queue)
          .add("keys", "text", Identity::key)
          .each(row -> found.put(identity(row), TaskRows.read(row)));
    }
    return found;
  }

  private static Identity identity(ResultSet row) throws SQLException {
    return new Identity(new QueueKey(row.getInt("double_queue")), row.getString("double_key"));
  }
}
