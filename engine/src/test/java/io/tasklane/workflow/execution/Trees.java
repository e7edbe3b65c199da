package io.tasklane.workflow.execution;

import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Short forms of nodes. */
final class Trees {
  private Trees() {}

  static Node task(String id) {
    return task(id, "{}");
  }

  static Node task(String id, String input) {
    return Node.of(id, TaskNode.of(request(input)));
  }

  static Node task(String id, Map<String, String> computed) {
    return Node.of(id, TaskNode.of(request("{}")).with(TaskExpressions.ofInput(computed)));
  }

  static TaskRequest request(String input) {
    return TaskRequest.of(WorkflowBench.QUEUE, "system.echo", Payload.json(input));
  }

  static Node chain(String id, Node... nodes) {
    return Node.of(id, new Chain(List.of(nodes)));
  }

  static Node group(String id, FailurePolicy policy, Node... nodes) {
    return group(id, policy, 0, nodes);
  }

  static Node group(String id, FailurePolicy policy, int parallel, Node... nodes) {
    return Node.of(id, new Group(List.of(nodes), policy, parallel));
  }

  static Node cond(String id, String condition, Node then) {
    return Node.of(id, new Choice(condition, then, Optional.empty()));
  }

  static Node cond(String id, String condition, Node then, Node otherwise) {
    return Node.of(id, new Choice(condition, then, Optional.of(otherwise)));
  }

  static Node each(String id, String items, Node node) {
    return each(id, items, 1, 0, FailurePolicy.WAIT_ALL, node);
  }

  static Node each(
      String id, String items, int batch, int parallel, FailurePolicy policy, Node node) {
    return Node.of(id, new ForEach(items, batch, parallel, policy, node));
  }

  static Node approval(String id, int approvals, Duration timeout, OnTimeout late) {
    return Node.of(
        id,
        new EventWait(
            "", Optional.empty(), Optional.of(timeout), late, approvals, Optional.empty()));
  }

  static Node await(String id, String type, String condition) {
    return Node.of(
        id,
        new EventWait(
            type,
            Optional.of(condition).filter(text -> !text.isEmpty()),
            Optional.of(Duration.ofDays(1)),
            OnTimeout.FAIL,
            0,
            Optional.empty()));
  }

  static Node timer(String id, Duration length) {
    return Node.of(id, new Timer(Optional.of(length), Optional.empty()));
  }
}
