package io.tasklane.workflow.run;

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
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Short forms of nodes. */
public final class Nodes {
  private Nodes() {}

  /** A task. */
  public static Node task(String id) {
    return Node.of(id, taskNode());
  }

  /** A task with computed keys of its input. */
  public static Node task(String id, Map<String, String> input) {
    return Node.of(id, taskNode().with(TaskExpressions.ofInput(input)));
  }

  /** A task with computed values. */
  public static Node task(String id, TaskExpressions expressions) {
    return Node.of(id, taskNode().with(expressions));
  }

  private static TaskNode taskNode() {
    return TaskNode.of(TaskRequest.of("DATA_FETCHER", "system.noop", Payload.json("{}")));
  }

  /** A chain. */
  public static Node chain(String id, Node... nodes) {
    return Node.of(id, new Chain(List.of(nodes)));
  }

  /** A group without a limit. */
  public static Node group(String id, FailurePolicy policy, Node... nodes) {
    return group(id, policy, 0, nodes);
  }

  /** A group. */
  public static Node group(String id, FailurePolicy policy, int parallel, Node... nodes) {
    return Node.of(id, new Group(List.of(nodes), policy, parallel));
  }

  /** A condition with one branch. */
  public static Node cond(String id, String condition, Node then) {
    return Node.of(id, new Choice(condition, then, Optional.empty()));
  }

  /** A condition with two branches. */
  public static Node cond(String id, String condition, Node then, Node otherwise) {
    return Node.of(id, new Choice(condition, then, Optional.of(otherwise)));
  }

  /** A copy for each. */
  public static Node each(String id, String items, Node node) {
    return each(id, items, 1, 0, FailurePolicy.WAIT_ALL, node);
  }

  /** A copy for each batch. */
  public static Node each(
      String id, String items, int batch, int parallel, FailurePolicy policy, Node node) {
    return Node.of(id, new ForEach(items, batch, parallel, policy, node));
  }

  /** A wait of an hour that fails. */
  public static Node await(String id, String type) {
    return await(id, type, Optional.empty(), OnTimeout.FAIL, Optional.empty());
  }

  /** A wait of an hour. */
  public static Node await(
      String id, String type, Optional<String> condition, OnTimeout late, Optional<Node> then) {
    return Node.of(
        id, new EventWait(type, condition, Optional.of(Duration.ofHours(1)), late, 0, then));
  }

  /** An approval of a day. */
  public static Node approval(String id, int approvals, OnTimeout late) {
    return Node.of(
        id,
        new EventWait(
            "",
            Optional.empty(),
            Optional.of(Duration.ofDays(1)),
            late,
            approvals,
            Optional.empty()));
  }

  /** An approval by one principal, of a day. */
  public static Node approval(String id, OnTimeout late, Optional<Node> then) {
    return Node.of(
        id, new EventWait("", Optional.empty(), Optional.of(Duration.ofDays(1)), late, 1, then));
  }

  /** A timer of a minute. */
  public static Node timer(String id) {
    return Node.of(id, new Timer(Optional.of(Duration.ofMinutes(1)), Optional.empty()));
  }

  /** A run of a queue. */
  public static Node queue(String id, String queue, FailurePolicy policy) {
    return Node.of(id, new QueueRun(queue, policy, true));
  }

  /** A sub-workflow. */
  public static Node sub(String id, String template, Map<String, String> inputs) {
    return Node.of(id, new SubWorkflow(template, OptionalInt.empty(), inputs));
  }
}
