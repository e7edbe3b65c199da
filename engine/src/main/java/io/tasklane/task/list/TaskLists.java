package io.tasklane.task.list;

import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.IndexPlans;
import java.sql.Connection;
import java.sql.SQLException;

/** Lists tasks page by page. */
public final class TaskLists {
  private TaskLists() {}

  /** A page of the tasks that match the query. */
  public static TaskPage list(Connection connection, TaskQuery query) throws SQLException {
    return IndexPlans.on(
        connection,
        c -> new TaskSearch(c, query, TaskSearch.Reach.STANDARD, statement -> {}).page());
  }
}
