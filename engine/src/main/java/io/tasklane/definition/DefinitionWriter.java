package io.tasklane.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
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
import java.util.List;
import java.util.Map;

/**
 * Definitions as they are stored. The names are those of the stored form, and never change,
 * whatever becomes of the classes; {@link DefinitionReader} reads what any earlier build has
 * written.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  /** The text of a definition. */
  public static String write(WorkflowDefinition definition) {
    ObjectNode object = JsonValue.NODES.objectNode();
    object.set("root", node(definition.root()));
    definition.result().ifPresent(text -> object.put("result", text));
    definition.priority().ifPresent(priority -> object.put("priority", priority.value()));
    object.set("labels", texts(definition.labels()));
    definition.timeLimit().ifPresent(limit -> object.put("time_limit", limit.toString()));
    return JsonValue.text(object);
  }

  private static ObjectNode node(Node node) {
    ObjectNode object = JsonValue.NODES.objectNode();
    object.put("id", node.id());
    kind(object, node.kind());
    node.onFailure().ifPresent(branch -> object.set("on_failure", node(branch)));
    return object;
  }

  private static void kind(ObjectNode object, NodeKind kind) {
    if (kind instanceof TaskNode task) {
      object.set("task", task(task));
    } else if (kind instanceof Chain chain) {
      object.putObject("chain").set("nodes", nodes(chain.nodes()));
    } else if (kind instanceof Group group) {
      ObjectNode own = object.putObject("group");
      own.set("nodes", nodes(group.nodes()));
      own.put("policy", group.policy().name());
      own.put("maximum_parallel", group.maximumParallel());
    } else if (kind instanceof Choice choice) {
      ObjectNode own = object.putObject("condition");
      own.put("condition", choice.condition());
      own.set("then", node(choice.then()));
      choice.otherwise().ifPresent(branch -> own.set("otherwise", node(branch)));
    } else if (kind instanceof ForEach each) {
      each(object.putObject("for_each"), each);
    } else {
      waiting(object, kind);
    }
  }

  private static void each(ObjectNode own, ForEach each) {
    own.put("items", each.items());
    own.put("batch_size", each.batchSize());
    own.put("maximum_parallel", each.maximumParallel());
    own.put("policy", each.policy().name());
    own.set("node", node(each.node()));
  }

  private static void waiting(ObjectNode object, NodeKind kind) {
    if (kind instanceof EventWait wait) {
      ObjectNode own = object.putObject("event_wait");
      own.put("event_type", wait.eventType());
      wait.condition().ifPresent(text -> own.put("condition", text));
      wait.timeout().ifPresent(limit -> own.put("timeout", limit.toString()));
      own.put("on_timeout", wait.onTimeout().name());
      own.put("approvals", wait.approvals());
      wait.then().ifPresent(branch -> own.set("then", node(branch)));
    } else if (kind instanceof Timer timer) {
      ObjectNode own = object.putObject("timer");
      timer.duration().ifPresent(length -> own.put("duration", length.toString()));
      timer.until().ifPresent(text -> own.put("until", text));
    } else if (kind instanceof QueueRun run) {
      ObjectNode own = object.putObject("queue_run");
      own.put("queue", run.queue());
      own.put("policy", run.policy().name());
      own.put("hold", run.hold());
    } else if (kind instanceof SubWorkflow sub) {
      ObjectNode own = object.putObject("workflow");
      own.put("template", sub.template());
      sub.version().ifPresent(version -> own.put("version", version));
      own.set("inputs", texts(sub.inputs()));
    }
  }

  private static ArrayNode nodes(List<Node> nodes) {
    ArrayNode array = JsonValue.NODES.arrayNode();
    nodes.forEach(node -> array.add(node(node)));
    return array;
  }

  private static ObjectNode task(TaskNode task) {
    ObjectNode object = TaskRequestJson.write(task.request());
    task.priority().ifPresent(priority -> object.put("priority", priority.value()));
    TaskExpressions computed = task.expressions();
    ObjectNode own = object.putObject("expressions");
    own.set("input", texts(computed.input()));
    computed.priority().ifPresent(text -> own.put("priority", text));
    computed.orderingKey().ifPresent(text -> own.put("ordering_key", text));
    own.set("labels", texts(computed.labels()));
    computed.runAfter().ifPresent(text -> own.put("run_after", text));
    return object;
  }

  static ObjectNode texts(Map<String, String> texts) {
    ObjectNode object = JsonValue.NODES.objectNode();
    texts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> object.put(entry.getKey(), entry.getValue()));
    return object;
  }
}
