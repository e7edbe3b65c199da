package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.input.LargeInput;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.store.NodeColumns;
import io.tasklane.workflow.store.StoredWorkflow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cancels the tasks of nodes: a few at once, many by {@link CancelNodes} in a transaction for each
 * batch.
 */
final class NodeCancels {
  /** Number of tasks that one transaction cancels at most. */
  static final int AT_ONCE = 100;

  private static final String LATER =
      """
      INSERT INTO workflow_cancel (workflow, node, index, run, task, principal, reason)
      SELECT u.workflow, u.node, u.index::int[], u.run, u.task, u.principal, u.reason
      FROM unnest(:workflows::bigint[], :nodes::text[], :indexes::text[], :runs::int[],
        :tasks::bigint[], :principals::text[], :reasons::text[])
        WITH ORDINALITY AS u (workflow, node, index, run, task, principal, reason, position)
      ORDER BY u.position""";

  private record Stop(StoredWorkflow workflow, Action.Cancel action) {
    NodeKey key() {
      return action.key();
    }

    boolean takesTasks() {
      return workflow.compiled().placement(key()).node().kind() instanceof QueueRun;
    }

    Step end() {
      return new Step(
          workflow.id(),
          new WorkflowEvent.NodeCompleted(
              key(), action.run(), NodeState.CANCELLED, Optional.of(action.cause())));
    }

    TaskKey task() {
      return workflow.taskOf(key());
    }

    Actor actor() {
      return NodeCancels.actor(workflow, action.cause());
    }
  }

  /** Who cancels what a node has started, and why. */
  static Actor actor(StoredWorkflow workflow, Cause cause) {
    return cause
        .actor()
        .orElseGet(() -> new Actor("workflow:" + workflow.record().name(), cause.message()));
  }

  private final Batch batch;
  private final Execution.Tools tools;
  private final List<Stop> stops = new ArrayList<>();

  /** Which workflows have tasks whose inputs are still to be stored. */
  private final Map<Long, Boolean> awaitInputs = new HashMap<>();

  NodeCancels(Batch batch, Execution.Tools tools) {
    this.batch = batch;
    this.tools = tools;
  }

  boolean isEmpty() {
    return stops.isEmpty();
  }

  void add(StoredWorkflow workflow, Action.Cancel action) {
    stops.add(new Stop(workflow, action));
  }

  /** A task of this workflow is created once its input is stored. */
  void awaitsInputs(StoredWorkflow workflow) {
    awaitInputs.put(workflow.id(), true);
  }

  /** The ends of nodes whose tasks were not there yet. */
  List<Step> run() throws SQLException {
    List<Stop> now = new ArrayList<>();
    List<Stop> later = new ArrayList<>();
    List<Step> ends = new ArrayList<>();
    for (Stop stop : stops) {
      if (stop.takesTasks()) {
        later.add(stop);
      } else if (isInputDropped(stop)) {
        ends.add(stop.end());
      } else if (!stop.task().equals(TaskKey.NONE)) {
        (now.size() < AT_ONCE ? now : later).add(stop);
      }
    }
    stops.clear();
    if (!later.isEmpty()) {
      write(later);
    }
    cancel(now);
    return ends;
  }

  /** Whether its task was to be created once its input is stored. */
  private boolean isInputDropped(Stop stop) throws SQLException {
    long workflow = stop.workflow().id();
    if (!awaitInputs.containsKey(workflow)) {
      awaitInputs.put(workflow, LargeInput.exists(batch.connection(), workflow));
    }
    return awaitInputs.get(workflow)
        && LargeInput.delete(batch.connection(), workflow, stop.key(), stop.action().run());
  }

  private void cancel(List<Stop> now) throws SQLException {
    if (now.isEmpty()) {
      return;
    }
    tools.tasks().lock(batch.connection(), now.stream().map(Stop::task).toList());
    for (Stop stop : now) {
      tools.tasks().cancel(batch, stop.workflow().taskIdOf(stop.key()), stop.actor());
    }
  }

  private void write(List<Stop> later) throws SQLException {
    NamedSql.on(batch.connection(), LATER)
        .rows(later)
        .add("workflows", "int8", stop -> stop.workflow().id())
        .add("nodes", "text", stop -> stop.key().nodeId())
        .add("indexes", "text", stop -> NodeColumns.index(stop.key()))
        .add("runs", "int4", stop -> stop.action().run())
        .add("tasks", "int8", stop -> stop.takesTasks() ? null : stop.task())
        .add("principals", "text", stop -> stop.actor().principal())
        .add("reasons", "text", stop -> Rows.storable(stop.actor().reason()))
        .update();
    batch.afterCommit(() -> tools.signals().dueIn(Duration.ZERO));
  }
}
