package io.tasklane.workflow.execution;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ends of tasks mean to the nodes that they belong to. */
final class EndedNodes {
  /**
   * Where a task belongs to.
   *
   * @param task its key
   * @param workflow key of the workflow
   * @param node the node
   * @param run the run of it
   * @param isTaken whether the node took it from its queue
   */
  record Place(TaskKey task, long workflow, NodeKey node, int run, boolean isTaken) {}

  private record End(NodeState state, Optional<Cause> cause) {}

  private static final String PLACES =
      """
      SELECT task, workflow, node, index, run, taken FROM workflow_task WHERE task = ANY (:tasks)
      ORDER BY task, workflow""";
  private static final String ENDS =
      """
      SELECT id, name, state, failure_kind, failure_code, failure_message, cancel_principal,
          cancel_reason
      FROM task WHERE id = ANY (:tasks)""";

  private EndedNodes() {}

  /** The places of these tasks. */
  static List<Place> places(Connection connection, Collection<TaskKey> tasks) throws SQLException {
    return NamedSql.on(connection, PLACES).set("tasks", "int8", tasks).list(EndedNodes::place);
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        new TaskKey(row.getLong("task")),
        row.getLong("workflow"),
        NodeColumns.key(row),
        row.getInt("run"),
        row.getBoolean("taken"));
  }

  /** The steps that follow from the ends of the tasks at these places. */
  static List<Step> at(Connection connection, List<Place> places) throws SQLException {
    Map<TaskKey, End> ends = new HashMap<>();
    NamedSql.on(connection, ENDS)
        .set("tasks", "int8", places.stream().map(Place::task).toArray())
        .each(row -> ends.put(new TaskKey(row.getLong("id")), end(row)));
    List<Step> steps = new ArrayList<>();
    for (Place place : places) {
      End end = ends.get(place.task());
      steps.add(new Step(place.workflow(), event(place, end)));
    }
    return steps;
  }

  private static WorkflowEvent event(Place place, End end) {
    return place.isTaken()
        ? new WorkflowEvent.QueueTaskCompleted(place.node(), place.run(), end.state(), end.cause())
        : new WorkflowEvent.NodeCompleted(place.node(), place.run(), end.state(), end.cause());
  }

  /** A task that was skipped because of its own dependencies has failed to do its work. */
  private static End end(ResultSet row) throws SQLException {
    TaskState state = TaskState.of(row.getInt("state"));
    if (state == TaskState.SUCCEEDED) {
      return new End(NodeState.SUCCEEDED, Optional.empty());
    }
    if (state == TaskState.CANCELLED) {
      Actor actor =
          new Actor(
              Rows.text(row, "cancel_principal").orElse(Actor.ANONYMOUS.principal()),
              Rows.text(row, "cancel_reason").orElse(""));
      return new End(NodeState.CANCELLED, Optional.of(Cause.cancelled(actor)));
    }
    String of = "tasks/" + row.getString("name");
    String message = Rows.text(row, "failure_message").orElse("");
    Cause cause =
        new Cause(
            Failure.Kind.of(row.getInt("failure_kind")),
            row.getString("failure_code"),
            message.isEmpty() ? of + " failed" : of + ": " + message,
            Optional.empty());
    return new End(NodeState.FAILED, Optional.of(cause));
  }
}
