package io.tasklane.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Priority;
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
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@link DefinitionWriter} has written. */
public final class DefinitionReader {
  private DefinitionReader() {}

  /** The definition of a text. */
  public static WorkflowDefinition read(String text) {
    JsonNode object = JsonValue.tree(text);
    return new WorkflowDefinition(
        node(object.get("root")),
        text(object, "result"),
        priority(object),
        texts(object.get("labels")),
        duration(object, "time_limit"));
  }

  private static Node node(JsonNode object) {
    return new Node(object.get("id").textValue(), kind(object), branch(object, "on_failure"));
  }

  private static Optional<Node> branch(JsonNode object, String field) {
    return Optional.ofNullable(object.get(field)).map(DefinitionReader::node);
  }

  private static NodeKind kind(JsonNode object) {
    if (object.has("task")) {
      return task(object.get("task"));
    }
    if (object.has("chain")) {
      return new Chain(nodes(object.get("chain")));
    }
    if (object.has("group")) {
      JsonNode own = object.get("group");
      return new Group(nodes(own), policy(own), own.get("maximum_parallel").intValue());
    }
    if (object.has("condition")) {
      JsonNode own = object.get("condition");
      return new Choice(
          own.get("condition").textValue(), node(own.get("then")), branch(own, "otherwise"));
    }
    return object.has("for_each") ? each(object.get("for_each")) : waiting(object);
  }

  private static ForEach each(JsonNode own) {
    return new ForEach(
        own.get("items").textValue(),
        own.get("batch_size").intValue(),
        own.get("maximum_parallel").intValue(),
        policy(own),
        node(own.get("node")));
  }

  private static NodeKind waiting(JsonNode object) {
    if (object.has("event_wait")) {
      JsonNode own = object.get("event_wait");
      return new EventWait(
          own.get("event_type").textValue(),
          text(own, "condition"),
          duration(own, "timeout"),
          EventWait.OnTimeout.valueOf(own.get("on_timeout").textValue()),
          own.get("approvals").intValue(),
          branch(own, "then"));
    }
    if (object.has("timer")) {
      JsonNode own = object.get("timer");
      return new Timer(duration(own, "duration"), text(own, "until"));
    }
    if (object.has("queue_run")) {
      JsonNode own = object.get("queue_run");
      return new QueueRun(
          own.get("queue").textValue(), policy(own), own.get("hold").booleanValue());
    }
    JsonNode own = object.get("workflow");
    OptionalInt version =
        own.has("version") ? OptionalInt.of(own.get("version").intValue()) : OptionalInt.empty();
    return new SubWorkflow(own.get("template").textValue(), version, texts(own.get("inputs")));
  }

  private static TaskNode task(JsonNode object) {
    JsonNode own = object.get("expressions");
    return new TaskNode(
        TaskRequestJson.read(object),
        priority(object),
        new TaskExpressions(
            texts(own.get("input")),
            text(own, "priority"),
            text(own, "ordering_key"),
            texts(own.get("labels")),
            text(own, "run_after")));
  }

  private static List<Node> nodes(JsonNode own) {
    List<Node> nodes = new ArrayList<>();
    own.get("nodes").forEach(node -> nodes.add(node(node)));
    return nodes;
  }

  private static FailurePolicy policy(JsonNode own) {
    return FailurePolicy.valueOf(own.get("policy").textValue());
  }

  private static Optional<Priority> priority(JsonNode own) {
    return Optional.ofNullable(own.get("priority")).map(value -> new Priority(value.intValue()));
  }

  static Optional<String> text(JsonNode own, String field) {
    return Optional.ofNullable(own.get(field)).map(JsonNode::textValue);
  }

  static Optional<Duration> duration(JsonNode own, String field) {
    return text(own, field).map(Duration::parse);
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }
}
