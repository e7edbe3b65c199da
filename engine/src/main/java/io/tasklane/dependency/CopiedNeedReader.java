package io.tasklane.dependency;

import io.tasklane.database.NamedSql;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what became of the tasks that an ended task needed, and of their copies. */
public final class CopiedNeedReader {
  /**
   * Each needed task and the copies of it, transitively, the newest first. A copy is younger than
   * its original: a name may have been given again after the retention.
   */
  private static final String READ =
      """
      WITH RECURSIVE line (need, id, name, state) AS (
        SELECT n.name COLLATE "C", coalesce(k.id, 0), n.name COLLATE "C", k.state
        FROM unnest(:needs::text[]) AS n (name) LEFT JOIN task k ON k.name = n.name
        UNION ALL
        SELECT l.need, k.id, k.name, k.state
        FROM line l JOIN task k ON k.retry_of = l.name AND k.id > l.id)
      SELECT * FROM line ORDER BY id DESC""";

  private CopiedNeedReader() {}

  /** What a copy of this task would need. */
  public static CopiedNeeds of(Connection connection, Task original) throws SQLException {
    List<Dependency> dependencies = original.start().dependencies();
    boolean hasStarted = original.startTime().isPresent();
    if (dependencies.isEmpty()) {
      return new CopiedNeeds(List.of(), hasStarted);
    }
    Map<String, TaskState> states = new HashMap<>();
    Map<String, List<CopiedNeeds.Copy>> copies = new HashMap<>();
    NamedSql.on(connection, READ)
        .set("needs", "text", dependencies.stream().map(Dependency::taskId).toList())
        .each(row -> read(row, states, copies));
    List<CopiedNeeds.Need> needs =
        dependencies.stream().map(dependency -> need(dependency, states, copies)).toList();
    return new CopiedNeeds(needs, hasStarted);
  }

  private static void read(
      ResultSet row, Map<String, TaskState> states, Map<String, List<CopiedNeeds.Copy>> copies)
      throws SQLException {
    String need = row.getString("need");
    String name = row.getString("name");
    int code = row.getInt("state");
    if (!row.wasNull()) {
      TaskState state = TaskState.of(code);
      if (name.equals(need)) {
        states.put(need, state);
      } else {
        copies.computeIfAbsent(need, k -> new ArrayList<>()).add(new CopiedNeeds.Copy(name, state));
      }
    }
  }

  private static CopiedNeeds.Need need(
      Dependency dependency,
      Map<String, TaskState> states,
      Map<String, List<CopiedNeeds.Copy>> copies) {
    String id = dependency.taskId();
    return new CopiedNeeds.Need(
        dependency, Optional.ofNullable(states.get(id)), copies.getOrDefault(id, List.of()));
  }
}
