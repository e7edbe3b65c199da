package io.tasklane.workflow.execution;

import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.catalog.TemplatePins;
import io.tasklane.workflow.compile.WorkflowLimits;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.store.OuterNode;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the workflow of a node. One that the node has started before and that did not succeed is
 * retried instead, so that what has succeeded in it does not run again.
 *
 * @param connection of the transaction
 * @param execution decides what follows
 * @param starts writes workflows
 */
record NestedWorkflow(Connection connection, Execution execution, WorkflowStarts starts) {
  /**
   * Does what a node wants, unless it has ended since.
   *
   * @throws io.tasklane.api.Refusal where the workflow cannot be started; nothing is written then
   */
  void start(NestedStarts.Order order) throws SQLException {
    Optional<StoredWorkflow> outer = execution.opened(order.workflow());
    Action.StartWorkflow action = order.action();
    if (outer.isEmpty() || !isWaiting(outer.get(), action)) {
      return;
    }
    long earlier = outer.get().subWorkflowOf(action.key());
    if (earlier == 0 || !again(order, earlier)) {
      fresh(outer.get(), action);
    }
  }

  private static boolean isWaiting(StoredWorkflow outer, Action.StartWorkflow action) {
    return outer
        .instance(action.key())
        .filter(NodeInstance::isOpen)
        .filter(node -> node.run() == action.run())
        .isPresent();
  }

  /** Goes on with the one that it has started before; false where it starts another. */
  private boolean again(NestedStarts.Order order, long earlier) throws SQLException {
    execution.open(Set.of(earlier));
    Optional<StoredWorkflow> found = execution.opened(earlier);
    if (found.isEmpty()) {
      return false;
    }
    StoredWorkflow workflow = found.get();
    int run = order.action().run();
    new WorkflowRows(connection).await(earlier, run);
    workflow.replace(workflow.record().awaitedBy(run));
    WorkflowStatus.State state = workflow.status().state();
    if (!state.isEnded()) {
      return true;
    }
    if (state == WorkflowStatus.State.SUCCEEDED) {
      execution.add(List.of(step(order, NodeState.SUCCEEDED, Optional.empty())));
      return true;
    }
    try {
      execution.decide(workflow, new WorkflowEvent.RetryRequested(Set.of()));
      return true;
    } catch (RefusedException nothing) {
      return false;
    }
  }

  private void fresh(StoredWorkflow outer, Action.StartWorkflow action) throws SQLException {
    WorkflowRecord around = outer.record();
    int depth = around.outer().map(OuterNode::depth).orElse(0) + 1;
    if (depth > WorkflowLimits.MAX_NESTING) {
      fail(
          new NestedStarts.Order(outer.id(), action),
          "NESTING_TOO_DEEP",
          "workflows nest deeper than " + WorkflowLimits.MAX_NESTING);
      return;
    }
    long outermost = around.outer().map(OuterNode::outermost).orElse(outer.id());
    TemplateStart start = start(outer, action, outermost);
    WorkflowStarts.Wanted wanted = WorkflowStarts.resolve(connection, start, outer.now());
    OuterNode node = new OuterNode(outer.id(), action.key(), action.run(), outermost, depth);
    WorkflowStarts.Wanted inside =
        new WorkflowStarts.Wanted(
            wanted.request().orPriority(outer.compiled().definition().priority()),
            wanted.origin().startedBy(node));
    Optional<Actor> paused = outer.status().paused() ? around.pauseActor() : Optional.empty();
    String principal = "workflow:" + around.name();
    StoredWorkflow started =
        starts
            .start(connection, execution, inside, principal, paused)
            .orElseThrow(() -> new IllegalStateException("a drawn name was taken"));
    outer.setSubWorkflow(action.key(), started.id(), started.record().name());
  }

  private TemplateStart start(StoredWorkflow outer, Action.StartWorkflow action, long outermost)
      throws SQLException {
    Map<String, Payload> inputs = new HashMap<>();
    action.inputs().forEach((name, value) -> inputs.put(name, WorkflowInputs.payload(value)));
    TemplateReference template =
        action.version().isPresent()
            ? new TemplateReference(action.template(), action.version())
            : new TemplatePins(connection).pinned(outermost, action.template());
    return TemplateStart.of(template, inputs);
  }

  /** The workflow of a node cannot be started. */
  void fail(NestedStarts.Order order, String code, String message) {
    Cause cause = Cause.permanent(code, message);
    execution.add(List.of(step(order, NodeState.FAILED, Optional.of(cause))));
  }

  private static Step step(NestedStarts.Order order, NodeState state, Optional<Cause> cause) {
    NodeKey key = order.action().key();
    return new Step(
        order.workflow(), new WorkflowEvent.NodeCompleted(key, order.action().run(), state, cause));
  }

  /** What the end of a workflow means to the node that has started it. */
  static Step ended(StoredWorkflow ended, OuterNode outer) {
    WorkflowStatus status = ended.status();
    String name = "workflows/" + ended.record().name();
    return new Step(
        outer.workflow(),
        new WorkflowEvent.NodeCompleted(
            outer.node(),
            outer.run(),
            state(status.state()),
            status.cause().map(cause -> within(name, cause))));
  }

  private static NodeState state(WorkflowStatus.State state) {
    return switch (state) {
      case SUCCEEDED -> NodeState.SUCCEEDED;
      case CANCELLED -> NodeState.CANCELLED;
      default -> NodeState.FAILED;
    };
  }

  /** Who cancelled it, and why, is the same all the way up. */
  private static Cause within(String name, Cause cause) {
    return cause.isCancel()
        ? cause
        : new Cause(cause.kind(), cause.code(), name + ": " + cause.message(), cause.actor());
  }
}
