package io.tasklane.grpc.workflow;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.task.TaskRequests;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Priority;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.template.TemplateReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes of a tree as a client writes them. Core checks what the rules of the contract do not. */
final class NodeMapping {
  private NodeMapping() {}

  /**
   * The node.
   *
   * @param path of the node in the request
   * @throws InvalidRequest naming a field that is not served, or a value that is not allowed
   */
  static Node read(io.tasklane.v1.Node wire, String path) {
    if (wire.hasTaskExpressions() && !wire.hasTask()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, path + ".task_expressions", "is allowed with a task only");
    }
    return new Node(
        wire.getNodeId(),
        kind(wire, path),
        wire.hasOnFailure()
            ? Optional.of(read(wire.getOnFailure(), path + ".on_failure"))
            : Optional.empty());
  }

  private static NodeKind kind(io.tasklane.v1.Node wire, String path) {
    return switch (wire.getKindCase()) {
      case TASK -> task(wire, path);
      case CHAIN -> new Chain(nodes(wire.getChain().getNodesList(), path + ".chain.nodes"));
      case GROUP ->
          new Group(
              nodes(wire.getGroup().getNodesList(), path + ".group.nodes"),
              policy(wire.getGroup().getFailurePolicy()),
              wire.getGroup().getMaximumParallel());
      case CONDITION -> choice(wire.getCondition(), path + ".condition");
      case EVENT_WAIT -> wait(wire.getEventWait(), path + ".event_wait");
      case FOR_EACH -> each(wire.getForEach(), path + ".for_each");
      case TIMER -> timer(wire.getTimer());
      case QUEUE_RUN -> queueRun(wire.getQueueRun(), path + ".queue_run");
      case WORKFLOW -> nested(wire.getWorkflow(), path + ".workflow.template");
      case KIND_NOT_SET ->
          throw InvalidRequest.field(Reason.INVALID_FIELD, path, "has none of the kinds of nodes");
    };
  }

  private static SubWorkflow nested(io.tasklane.v1.SubWorkflow wire, String path) {
    TemplateReference template =
        TemplateReference.parse(WireName.WORKFLOW_TEMPLATE.id(wire.getTemplate(), path));
    return new SubWorkflow(template.templateId(), template.version(), wire.getInputsMap());
  }

  private static List<Node> nodes(List<io.tasklane.v1.Node> wire, String path) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < wire.size(); i++) {
      nodes.add(read(wire.get(i), path + "[" + i + "]"));
    }
    return nodes;
  }

  private static FailurePolicy policy(io.tasklane.v1.FailurePolicy wire) {
    return switch (wire) {
      case FAILURE_POLICY_FAIL_FAST -> FailurePolicy.FAIL_FAST;
      case FAILURE_POLICY_IGNORE -> FailurePolicy.IGNORE;
      default -> FailurePolicy.WAIT_ALL;
    };
  }

  private static Choice choice(io.tasklane.v1.Condition wire, String path) {
    return new Choice(
        wire.getCondition(),
        read(wire.getThen(), path + ".then"),
        wire.hasOtherwise()
            ? Optional.of(read(wire.getOtherwise(), path + ".otherwise"))
            : Optional.empty());
  }

  private static ForEach each(io.tasklane.v1.ForEach wire, String path) {
    return new ForEach(
        wire.getItems(),
        wire.getBatchSize() == 0 ? 1 : wire.getBatchSize(),
        wire.getMaximumParallel(),
        policy(wire.getFailurePolicy()),
        read(wire.getNode(), path + ".node"));
  }

  private static EventWait wait(io.tasklane.v1.EventWait wire, String path) {
    return new EventWait(
        wire.getEventType(),
        text(wire.getCondition()),
        wire.hasTimeout() ? Optional.of(WireTime.of(wire.getTimeout())) : Optional.empty(),
        switch (wire.getOnTimeout()) {
          case ON_TIMEOUT_SKIP -> EventWait.OnTimeout.SKIP;
          case ON_TIMEOUT_CONTINUE -> EventWait.OnTimeout.CONTINUE;
          default -> EventWait.OnTimeout.FAIL;
        },
        wire.getApprovals(),
        wire.hasThen() ? Optional.of(read(wire.getThen(), path + ".then")) : Optional.empty());
  }

  private static QueueRun queueRun(io.tasklane.v1.QueueRun wire, String path) {
    return new QueueRun(
        WireName.QUEUE.id(wire.getQueue(), path + ".queue"),
        policy(wire.getFailurePolicy()),
        !wire.hasHold() || wire.getHold());
  }

  private static Timer timer(io.tasklane.v1.Timer wire) {
    return wire.hasDuration()
        ? new Timer(Optional.of(WireTime.of(wire.getDuration())), Optional.empty())
        : new Timer(Optional.empty(), text(wire.getUntil()));
  }

  private static TaskNode task(io.tasklane.v1.Node wire, String path) {
    Task task = wire.getTask();
    if (!task.getName().isEmpty()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          path + ".task.name",
          "\"" + task.getName() + "\" is not allowed: the server names the tasks of a workflow");
    }
    CreateTaskRequest alone =
        CreateTaskRequest.newBuilder().setTask(task.toBuilder().clearPriority()).build();
    return new TaskNode(
        TaskRequests.read(alone, path + "."),
        task.getPriority() == 0 ? Optional.empty() : Optional.of(new Priority(task.getPriority())),
        expressions(wire.getTaskExpressions()));
  }

  private static TaskExpressions expressions(io.tasklane.v1.TaskExpressions wire) {
    return new TaskExpressions(
        wire.getInputMap(),
        text(wire.getPriority()),
        text(wire.getOrderingKey()),
        wire.getLabelsMap(),
        text(wire.getRunAfterTime()));
  }

  private static Optional<String> text(String wire) {
    return wire.isEmpty() ? Optional.empty() : Optional.of(wire);
  }
}
