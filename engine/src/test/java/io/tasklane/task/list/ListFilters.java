package io.tasklane.task.list;

import io.tasklane.database.IndexPlans;
import io.tasklane.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Filters over {@link ManyTasks}, and how the database would answer them. */
final class ListFilters {
  private static final List<String> ONE =
      List.of(
          "",
          "state = SUCCEEDED",
          "state = QUEUED",
          "state = FAILED",
          "state = CANCELLED",
          "state = SKIPPED",
          "state = RUNNING",
          "state = RETRY_WAIT",
          "state = QUEUED OR state = RUNNING",
          "state = FAILED OR state = CANCELLED",
          "queue = LARGE",
          "queue = RARE",
          "queue = EMPTY",
          "task_type = news_monitoring",
          "task_type = rare_type",
          "task_type = nobody",
          "priority = 5",
          "priority = 10",
          "priority = 7",
          "labels.desk = us",
          "labels.run = r3",
          "labels.once = yes",
          "labels.none = no",
          "failure.code = FEED_DOWN",
          "failure.code = UNHEARD_OF",
          "create_time >= \"2026-01-05T00:00:00Z\"",
          "create_time < \"2026-01-01T01:00:00Z\"",
          "create_time >= \"2027-01-01T00:00:00Z\"",
          "end_time >= \"2026-01-05T00:00:00Z\"",
          "end_time < \"2026-01-01T04:00:00Z\"",
          "end_time >= \"2027-01-01T00:00:00Z\"");
  private static final List<String> TWO =
      List.of(
          "queue = LARGE AND state = SUCCEEDED",
          "queue = LARGE AND state = FAILED",
          "queue = RARE AND state = SUCCEEDED",
          "queue = EMPTY AND state = QUEUED",
          "queue = LARGE AND task_type = rare_type",
          "queue = SMALL AND task_type = news_monitoring",
          "queue = SMALL AND priority = 10",
          "state = QUEUED AND priority = 5",
          "state = QUEUED AND priority = 1",
          "state = SUCCEEDED AND labels.once = yes",
          "state = FAILED AND labels.desk = us",
          "labels.desk = us AND labels.run = r3",
          "labels.desk = us AND labels.once = yes",
          "labels.desk = us AND state = QUEUED",
          "labels.run = r3 AND state = SUCCEEDED",
          "task_type = news_monitoring AND labels.desk = us",
          "failure.code = FEED_DOWN AND queue = LARGE",
          "failure.code = FEED_DOWN AND state = FAILED",
          "create_time < \"2026-01-01T01:00:00Z\" AND queue = LARGE",
          "create_time < \"2026-01-01T04:00:00Z\" AND state = SUCCEEDED",
          "create_time >= \"2026-01-05T00:00:00Z\" AND task_type = rare_type",
          "end_time >= \"2026-01-05T00:00:00Z\" AND state = FAILED",
          "end_time < \"2026-01-03T04:00:00Z\" AND labels.desk = eu");

  /** One condition each, and two. */
  static final List<String> ALL = Stream.concat(ONE.stream(), TWO.stream()).toList();

  private ListFilters() {}

  /** The plan of a statement, with the sequences of its nodes in lines. */
  static String plan(Connection connection, Sql statement) throws SQLException {
    return IndexPlans.on(connection, c -> explained(c, statement));
  }

  private static String explained(Connection connection, Sql statement) throws SQLException {
    StringBuilder plan = new StringBuilder();
    Sql explain = new Sql("EXPLAIN (COSTS OFF) " + statement.text(), statement.values());
    try (PreparedStatement prepared = explain.on(connection);
        ResultSet lines = prepared.executeQuery()) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
