package io.tasklane.workflow.template;

import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says of a template.
 *
 * @param description for people, may be empty
 * @param displayName of the workflows that do not say another, may be empty
 * @param definition what is started
 * @param document the workflow as the edge encoded it, to be shown again; never empty
 * @param inputs for those that a start does not give, each JSON
 * @param deadlineAfter from a start to its deadline; empty for none
 * @param inputSchema JSON Schema 2020-12 of the object of all inputs; empty permits any
 */
public record TemplateSpec(
    String description,
    String displayName,
    WorkflowDefinition definition,
    byte[] document,
    Map<String, Payload> inputs,
    Optional<Duration> deadlineAfter,
    String inputSchema) {
  /** Copies the inputs. */
  public TemplateSpec {
    inputs = Map.copyOf(inputs);
  }

  /**
   * What a start from it starts.
   *
   * @param now from which a deadline is computed
   */
  public WorkflowRequest request(TemplateStart start, Instant now) {
    Map<String, Payload> given = new HashMap<>(inputs);
    given.putAll(start.inputs());
    return new WorkflowRequest(
        start.workflowId(),
        start.displayName().isEmpty() ? displayName : start.displayName(),
        definition(start.priority(), start.labels()),
        document,
        given,
        start.deadlineTime().or(() -> deadlineAfter.map(now::plus)));
  }

  private WorkflowDefinition definition(Optional<Priority> priority, Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(definition.labels());
    all.putAll(labels);
    return new WorkflowDefinition(
        definition.root(),
        definition.result(),
        priority.or(definition::priority),
        all,
        definition.timeLimit());
  }
}
