package io.tasklane.task.create;

import io.tasklane.database.NamedSql;
import io.tasklane.task.row.NewTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/** Finds out which of the names that clients chose are in use. */
final class TakenNames {
  private static final String FIND = "SELECT name FROM task WHERE name = ANY (:names)";

  private TakenNames() {}

  /** The final parts of the chosen names that are in use. */
  static Set<String> among(Connection connection, Collection<NewTask> tasks) throws SQLException {
    Object[] chosen = tasks.stream().filter(NewTask::chosenName).map(NewTask::taskId).toArray();
    return chosen.length == 0
        ? Set.of()
        : Set.copyOf(
            NamedSql.on(connection, FIND)
                .set("names", "text", chosen)
                .list(row -> row.getString(1)));
  }
}
