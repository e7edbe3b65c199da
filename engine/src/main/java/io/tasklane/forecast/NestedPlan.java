package io.tasklane.forecast;

import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.catalog.TemplatePins;
import io.tasklane.workflow.catalog.TemplateRows;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node has still to do that starts a workflow of its own.
 *
 * @param workflow the one around it
 * @param context of the whole plan
 */
record NestedPlan(WorkflowRow workflow, PlanContext context) {
  /**
   * What is left of the workflow of a node; empty if it has ended, or if its template is gone.
   *
   * @param row of the node, if it runs
   * @param id of the node in the forecast
   */
  Optional<ForecastNode> of(NodeKey key, SubWorkflow node, Optional<NodeRow> row, String id)
      throws SQLException {
    if (row.filter(found -> found.subWorkflow() != 0).isPresent()) {
      Optional<WorkflowRow> inner =
          WorkflowRow.find(context.values().connection(), row.get().subWorkflow());
      return inner.isEmpty() || inner.get().state().isEnded()
          ? Optional.empty()
          : Optional.of(new WorkflowPlan(inner.get(), context, id + "/").root());
    }
    TemplateReference wanted =
        node.version().isPresent()
            ? new TemplateReference(node.template(), node.version())
            : new TemplatePins(context.values().connection())
                .pinned(workflow.outermost(), node.template());
    Optional<WorkflowTemplate> template =
        new TemplateRows(context.values().connection()).find(wanted);
    if (template.isEmpty()) {
      return Optional.empty();
    }
    WorkflowRow inner =
        WorkflowRow.unstarted(
            template.get().spec().definition(),
            inputs(key, node, template.get().spec().inputs()),
            Optional.empty(),
            workflow.outermost());
    return Optional.of(new WorkflowPlan(inner, context, id + "/").root());
  }

  /** Those of the template, and those of the node that are known yet. */
  private Object inputs(NodeKey key, SubWorkflow node, Map<String, Payload> ofTemplate)
      throws SQLException {
    Map<String, Object> inputs = new HashMap<>();
    if (JsonValue.stored(WorkflowInputs.text(ofTemplate)) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> inputs.put((String) name, value));
    }
    for (String name : node.inputs().keySet()) {
      context
          .values()
          .of(
              workflow.compiled().expression(key.nodeId(), ExpressionField.workflowInput(name)),
              workflow.inputs())
          .ifPresent(value -> inputs.put(name, value));
    }
    return inputs;
  }
}
