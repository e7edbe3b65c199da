package io.tasklane.task.list;

import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Sql;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.QueueKey;
import io.tasklane.task.row.JsonColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole filter as conditions on the columns of {@code task k}: see {@link TaskFilter#matches}.
 */
final class TaskConditions {
  private TaskConditions() {}

  /** All conditions, each beginning with AND. */
  static Sql of(TaskQuery query, Collection<QueueKey> queues) {
    TaskFilter filter = query.filter();
    List<Sql> all = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      String codes =
          filter.states().stream().map(s -> "" + s.code()).collect(Collectors.joining(","));
      all.add(Sql.of(" AND k.state IN (" + codes + ")"));
    }
    if (filter.queue().isPresent()) {
      queues.forEach(queue -> all.add(Sql.of(" AND k.queue = ?", queue)));
    }
    filter.taskType().ifPresent(v -> all.add(Sql.of(" AND k.task_type = ?", v)));
    filter.priority().ifPresent(v -> all.add(Sql.of(" AND k.priority = ?", v)));
    if (!filter.labels().isEmpty()) {
      all.add(Sql.of(" AND k.labels @> ?::jsonb", JsonColumns.labels(filter.labels())));
    }
    filter.failureCode().ifPresent(v -> all.add(Sql.of(" AND k.failure_code = ?", v)));
    all.add(Sql.within("k.create_time", filter.createTime()));
    all.add(Sql.within("k.end_time", filter.endTime()));
    if (filter.failureCode().isPresent() || query.order() == TaskOrder.LAST_ENDED_FIRST) {
      all.add(Sql.of(" AND k.end_time IS NOT NULL"));
    }
    return Sql.join("", all);
  }
}
