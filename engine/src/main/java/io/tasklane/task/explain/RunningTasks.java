package io.tasklane.task.explain;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.RunTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks that have the slots of a queue. */
final class RunningTasks {
  private static final String SQL =
      """
      SELECT k.name, k.task_type, l.node, k.start_time
      FROM task_lease l JOIN task k ON k.id = l.task
      WHERE l.queue = :queue ORDER BY k.start_time, k.id LIMIT 100""";

  private record Run(String name, String type, String node, Instant begin) {}

  private RunningTasks() {}

  /** One blocker for each, the longest run first, at most 100. */
  static List<Blocker> blockers(Connection connection, WaitingFacts facts) throws SQLException {
    List<Run> runs =
        NamedSql.on(connection, SQL)
            .set("queue", facts.queue().key())
            .list(
                row ->
                    new Run(
                        "tasks/" + row.getString("name"),
                        row.getString("task_type"),
                        row.getString("node"),
                        instant(row, "start_time").orElse(facts.at())));
    Map<String, RunTimes> times = new HashMap<>();
    List<Blocker> blockers = new ArrayList<>();
    for (Run run : runs) {
      if (!times.containsKey(run.type())) {
        times.put(run.type(), RecentRuns.ofType(connection, facts.queue().key(), run.type()));
      }
      Duration elapsed = Duration.between(run.begin(), facts.at());
      Duration since = elapsed.isNegative() ? Duration.ZERO : elapsed;
      blockers.add(
          new Blocker.RunningTask(
              run.name(), run.node(), since, times.get(run.type()).left(since)));
    }
    return blockers;
  }
}
