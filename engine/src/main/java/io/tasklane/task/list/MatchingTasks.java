package io.tasklane.task.list;

import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Sql;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.QueueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** All tasks that match a filter, for whoever wants more of them than a page. */
public final class MatchingTasks {
  private MatchingTasks() {}

  /**
   * The statement that finds their ids, in the order of their creation.
   *
   * @param connection finds the key of the queue
   * @param limit at most so many
   */
  public static Sql names(Connection connection, TaskFilter filter, int limit) throws SQLException {
    List<QueueKey> queues = List.of();
    if (filter.queue().isPresent()) {
      queues =
          Sql.of("SELECT id FROM queue WHERE name = ?", filter.queue().get())
              .list(connection, row -> new QueueKey(row.getInt(1)));
    }
    Sql sql = Sql.of("SELECT k.name FROM task k WHERE true");
    if (filter.queue().isPresent() && queues.isEmpty()) {
      sql = sql.then(" AND false");
    }
    TaskQuery query = new TaskQuery(filter, TaskOrder.NEWEST_FIRST, Optional.empty(), limit);
    return sql.then(TaskConditions.of(query, queues)).then(" ORDER BY k.id LIMIT " + limit);
  }
}
