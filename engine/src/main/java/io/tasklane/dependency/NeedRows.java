package io.tasklane.dependency;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the tasks that new tasks need, and writes who needs whom. */
public final class NeedRows {
  /**
   * One task that needs another.
   *
   * @param need key of the needed task's row
   * @param task key of the dependent's row
   * @param policy which end lets the dependent start
   */
  public record Need(TaskKey need, TaskKey task, DependencyPolicy policy) {}

  /**
   * The lock makes the end of a needed task and the creation of its dependent come one after the
   * other: the end that comes second sees the flag, the creation that comes second sees the end.
   */
  private static final String LOCK =
      "SELECT id, name, state FROM task WHERE name = ANY (:names) ORDER BY id FOR UPDATE";

  private static final String MARK =
      "UPDATE task SET needed = true WHERE id = ANY (:needs) AND NOT needed";
  private static final String ADD =
      """
      INSERT INTO task_need (need, task, policy)
      SELECT * FROM unnest(:needs::bigint[], :tasks::bigint[], :policies::smallint[])""";

  private NeedRows() {}

  /** Locks the existing tasks among these; returns them by the final part of their names. */
  public static Map<String, NeededTask> lock(Connection connection, Collection<String> taskIds)
      throws SQLException {
    if (taskIds.isEmpty()) {
      return Map.of();
    }
    Map<String, NeededTask> found = new HashMap<>();
    NamedSql.on(connection, LOCK)
        .set("names", "text", taskIds)
        .each(row -> found.put(row.getString("name"), neededTask(row)));
    return found;
  }

  private static NeededTask neededTask(ResultSet row) throws SQLException {
    return new NeededTask(
        new TaskKey(row.getLong("id")), row.getString("name"), TaskState.of(row.getInt("state")));
  }

  /** Writes these needs, and marks the needed tasks so that their end resolves the dependents. */
  public static void add(Connection connection, List<Need> needs) throws SQLException {
    if (needs.isEmpty()) {
      return;
    }
    NamedSql.on(connection, ADD)
        .rows(needs)
        .add("needs", "int8", Need::need)
        .add("tasks", "int8", Need::task)
        .add("policies", "int2", n -> (short) n.policy().code())
        .update();
    Object[] once = needs.stream().map(Need::need).distinct().sorted().toArray();
    NamedSql.on(connection, MARK).set("needs", "int8", once).update();
  }
}
