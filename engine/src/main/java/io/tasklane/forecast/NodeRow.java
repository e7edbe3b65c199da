package io.tasklane.forecast;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A node that has started, as far as a forecast needs it.
 *
 * @param state where it is
 * @param phase how far it is with its branch for failures
 * @param size how many members it has, if that is known
 * @param bad how many of them have failed or were cancelled
 * @param branch of a condition, the one that was taken
 * @param subWorkflow key of the latest workflow that it has started, 0 for none
 * @param due when its timer or its wait is over
 * @param task its latest task, if that has not ended
 */
record NodeRow(
    NodeState state,
    Phase phase,
    int size,
    int bad,
    int branch,
    long subWorkflow,
    Optional<Instant> due,
    Optional<OpenTask> task) {
  private static final String SELECT =
      """
      SELECT n.node, n.index, n.state, n.phase, n.size,
          n.failed + n.cancelled AS bad, n.branch, n.sub_workflow,
          (SELECT max(t.due) FROM workflow_timer t WHERE t.workflow = n.workflow
            AND t.node = n.node AND t.index = n.index AND t.run = n.run) AS due,
          k.id AS task, k.state AS task_state, k.start_time, k.run_after, k.next_attempt_time,
          clock_timestamp() AS now
      FROM workflow_node n LEFT JOIN task k ON k.id = n.task AND k.state < ${FINAL}
      WHERE n.workflow = :workflow"""
          .replace("${FINAL}", Integer.toString(TaskState.SUCCEEDED.code()));

  /**
   * A task that has not ended.
   *
   * @param key of its row
   * @param state where it is
   * @param elapsed how long it has run, where it runs
   * @param delay how long it is not ready yet
   */
  record OpenTask(TaskKey key, TaskState state, Duration elapsed, Duration delay) {}

  /** All nodes of a workflow that have started. */
  static Map<NodeKey, NodeRow> of(Connection connection, long workflow) throws SQLException {
    Map<NodeKey, NodeRow> rows = new HashMap<>();
    NamedSql.on(connection, SELECT)
        .set("workflow", workflow)
        .each(row -> rows.put(NodeColumns.key(row), read(row)));
    return rows;
  }

  private static NodeRow read(ResultSet row) throws SQLException {
    return new NodeRow(
        NodeState.of(row.getInt("state")),
        Phase.of(row.getInt("phase")),
        row.getInt("size"),
        row.getInt("bad"),
        row.getInt("branch"),
        row.getLong("sub_workflow"),
        Rows.instant(row, "due"),
        row.getLong("task") == 0 ? Optional.empty() : Optional.of(task(row)));
  }

  private static OpenTask task(ResultSet row) throws SQLException {
    Instant now = Rows.instant(row, "now").orElseThrow();
    TaskState state = TaskState.of(row.getInt("task_state"));
    Optional<Instant> ready =
        switch (state) {
          case SCHEDULED -> Rows.instant(row, "run_after");
          case RETRY_WAIT -> Rows.instant(row, "next_attempt_time");
          default -> Optional.empty();
        };
    return new OpenTask(
        new TaskKey(row.getLong("task")),
        state,
        positive(Duration.between(Rows.instant(row, "start_time").orElse(now), now)),
        positive(Duration.between(now, ready.orElse(now))));
  }

  static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
