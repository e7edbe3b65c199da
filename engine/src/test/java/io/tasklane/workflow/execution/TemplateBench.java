package io.tasklane.workflow.execution;

import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.TemplateStart;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The words that tests of templates use. */
public final class TemplateBench implements AutoCloseable {
  public final WorkflowBench bench;
  final StartNestedWorkflows starts;

  public TemplateBench() {
    this(new WorkflowBench());
  }

  TemplateBench(WorkflowBench bench) {
    this.bench = bench;
    this.starts = new StartNestedWorkflows(bench.parts.executions, bench.starts);
  }

  public static TemplateSpec spec(Node root) {
    return spec(root, Map.of(), "");
  }

  public static TemplateSpec spec(Node root, Map<String, Object> inputs, String schema) {
    return spec(WorkflowDefinition.of(root), inputs, schema);
  }

  public static TemplateSpec spec(
      WorkflowDefinition definition, Map<String, Object> inputs, String schema) {
    return new TemplateSpec(
        "", "", definition, new byte[] {1}, payloads(inputs), Optional.empty(), schema);
  }

  public static Map<String, Payload> payloads(Map<String, Object> inputs) {
    Map<String, Payload> payloads = new HashMap<>();
    inputs.forEach((name, value) -> payloads.put(name, Payload.json(JsonValue.write(value))));
    return payloads;
  }

  public WorkflowTemplate create(String id, TemplateSpec spec) throws InvalidDefinitionException {
    return WorkflowBench.answer(
        bench.templates.create(id, spec, WorkflowBench.change("create template")));
  }

  /** Stores a template of this tree, or a new version of it. */
  public WorkflowTemplate store(String id, Node root) {
    try {
      return bench.templates.list("", 1000).stream().anyMatch(t -> t.templateId().equals(id))
          ? update(id, spec(root))
          : create(id, spec(root));
    } catch (InvalidDefinitionException invalid) {
      throw new IllegalArgumentException(invalid.getMessage(), invalid);
    }
  }

  public WorkflowTemplate update(String id, TemplateSpec spec) throws InvalidDefinitionException {
    return update(id, Optional.empty(), spec);
  }

  public WorkflowTemplate update(String id, Optional<String> etag, TemplateSpec spec)
      throws InvalidDefinitionException {
    return WorkflowBench.answer(
        bench.templates.update(id, etag, present -> spec, WorkflowBench.change("update")));
  }

  public WorkflowTemplate delete(String id, Optional<String> etag) {
    return WorkflowBench.answer(
        bench.templates.delete(id, etag, WorkflowBench.change("delete template")));
  }

  public WorkflowTemplate newest(String id) {
    return bench.templates.get(TemplateReference.newest(id));
  }

  /** Starts a template, as in "morning" or "morning@3". */
  public Started start(String template, Map<String, Object> inputs) {
    return start(TemplateStart.of(TemplateReference.parse(template), payloads(inputs)));
  }

  public Started start(TemplateStart start) {
    Workflow started =
        WorkflowBench.answer(bench.workflows.start(start, WorkflowBench.change("start")));
    return new Started(bench, started.workflowId());
  }

  /** Starts all workflows that nodes are to start. */
  public void nest() {
    while (bench.submit(starts, StartNestedWorkflows.BATCH) > 0) {
      // those may start others
    }
  }

  /** The workflow that a node has started. */
  public Started inside(Started outer, String node, Integer... index) {
    return new Started(bench, outer.node(node, index).workflowId().orElseThrow());
  }

  /** A node that runs a template. */
  public static Node sub(String id, String template) {
    return sub(id, template, Map.of());
  }

  public static Node sub(String id, String template, Map<String, String> inputs) {
    TemplateReference reference = TemplateReference.parse(template);
    OptionalInt version = reference.version();
    return Node.of(id, new SubWorkflow(reference.templateId(), version, inputs));
  }

  @Override
  public void close() {
    bench.close();
  }
}
