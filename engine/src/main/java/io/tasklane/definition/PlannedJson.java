package io.tasklane.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Planned workflows as JSON text, as rows have them. A member is never renamed. */
public final class PlannedJson {
  private static final String TEMPLATE = "template";
  private static final String VERSION = "version";
  private static final String INPUTS = "inputs";
  private static final String DEADLINE_AFTER = "deadline_after";

  private PlannedJson() {}

  /** A planned workflow as text. */
  public static String write(PlannedWorkflow workflow) {
    ObjectNode object = JsonValue.NODES.objectNode();
    if (workflow instanceof PlannedWorkflow.OfTemplate of) {
      object.put(TEMPLATE, of.template().templateId());
      of.template().version().ifPresent(version -> object.put(VERSION, version));
      object.set(INPUTS, inputs(of.inputs()));
    } else {
      TemplateSpec spec = ((PlannedWorkflow.Tree) workflow).spec();
      object.put("display_name", spec.displayName());
      object.put("definition", DefinitionWriter.write(spec.definition()));
      object.put("document", spec.document());
      object.set(INPUTS, inputs(spec.inputs()));
      spec.deadlineAfter().ifPresent(after -> object.put(DEADLINE_AFTER, after.toString()));
    }
    return JsonValue.text(object);
  }

  private static ObjectNode inputs(Map<String, Payload> inputs) {
    ObjectNode object = JsonValue.NODES.objectNode();
    new TreeMap<>(inputs)
        .forEach(
            (name, input) ->
                object.putObject(name).put("type", input.contentType()).put("body", input.body()));
    return object;
  }

  /** Reads what {@link #write} wrote. */
  public static PlannedWorkflow read(String text) {
    JsonNode object = JsonValue.tree(text);
    try {
      return object.has(TEMPLATE) ? ofTemplate(object) : tree(object);
    } catch (IOException noBase64) {
      throw new UncheckedIOException(noBase64);
    }
  }

  private static PlannedWorkflow ofTemplate(JsonNode object) throws IOException {
    OptionalInt version =
        object.has(VERSION) ? OptionalInt.of(object.get(VERSION).intValue()) : OptionalInt.empty();
    return new PlannedWorkflow.OfTemplate(
        new TemplateReference(object.get(TEMPLATE).textValue(), version),
        inputs(object.get(INPUTS)));
  }

  private static PlannedWorkflow tree(JsonNode object) throws IOException {
    return new PlannedWorkflow.Tree(
        new TemplateSpec(
            "",
            object.get("display_name").textValue(),
            DefinitionReader.read(object.get("definition").textValue()),
            object.get("document").binaryValue(),
            inputs(object.get(INPUTS)),
            DefinitionReader.duration(object, DEADLINE_AFTER),
            ""));
  }

  private static Map<String, Payload> inputs(JsonNode object) throws IOException {
    Map<String, Payload> inputs = new HashMap<>();
    for (Map.Entry<String, JsonNode> input : object.properties()) {
      JsonNode value = input.getValue();
      inputs.put(
          input.getKey(),
          new Payload(value.get("type").textValue(), value.get("body").binaryValue()));
    }
    return inputs;
  }
}
