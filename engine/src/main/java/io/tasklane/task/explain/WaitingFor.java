package io.tasklane.task.explain;

import io.tasklane.database.NamedSql;
import io.tasklane.dependency.Dependency;
import io.tasklane.explain.Blocker;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The other tasks that a task waits for: those it needs, and those of its ordering key. */
final class WaitingFor {
  private static final String STATES =
      "SELECT name, state FROM task WHERE name = ANY (:names) AND state < "
          + TaskState.SUCCEEDED.code(); // the final states are this one and those above

  /** A task that rests lets others pass, but returns to the front of the line. */
  private static final String LINE =
      """
      SELECT k.name FROM ordering_gate g
      JOIN ordering_line l ON l.key = g.key AND NOT l.resting
      JOIN task k ON k.id = l.task
      WHERE g.key = :key AND l.task <> :task AND (l.task < :task OR l.task = g.turn)
      ORDER BY l.task <> g.turn, l.task LIMIT 100""";

  private WaitingFor() {}

  /** The tasks it needs that have not ended, by name. */
  static List<Blocker> dependencies(Connection connection, WaitingFacts facts) throws SQLException {
    Map<String, TaskState> states = new HashMap<>();
    NamedSql.on(connection, STATES)
        .set("names", "text", facts.needs().stream().map(Dependency::taskId).toList())
        .each(row -> states.put(row.getString("name"), TaskState.of(row.getInt("state"))));
    List<Blocker> blockers = new ArrayList<>();
    facts.needs().stream()
        .filter(need -> states.containsKey(need.taskId()))
        .sorted(Comparator.comparing(Dependency::taskId))
        .forEach(
            need ->
                blockers.add(
                    new Blocker.Dependency(
                        need.taskName(), states.get(need.taskId()), need.policy())));
    return blockers;
  }

  /** The tasks before it in the line of its ordering key, in the order of their turns. */
  static List<Blocker> orderingKey(Connection connection, WaitingFacts facts) throws SQLException {
    if (!facts.keyWaits() || facts.orderingKey().isEmpty()) {
      return List.of();
    }
    String key = facts.orderingKey().get();
    return NamedSql.on(connection, LINE)
        .set("key", key)
        .set("task", facts.task())
        .list(row -> new Blocker.OrderingKey(key, "tasks/" + row.getString("name")));
  }
}
