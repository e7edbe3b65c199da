package io.tasklane.workflow.template;

import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request to start a workflow from a template.
 *
 * @param template which one
 * @param workflowId final part of the name; empty lets the server choose
 * @param displayName for people; empty takes that of the template
 * @param inputs by name, each JSON; they go before those of the template
 * @param priority of its tasks; empty takes that of the template
 * @param labels added to those of the template, before which they go
 * @param deadlineTime by when it should have ended; empty computes it as the template says
 */
public record TemplateStart(
    TemplateReference template,
    Optional<String> workflowId,
    String displayName,
    Map<String, Payload> inputs,
    Optional<Priority> priority,
    Map<String, String> labels,
    Optional<Instant> deadlineTime) {
  /** Copies the maps. */
  public TemplateStart {
    inputs = Map.copyOf(inputs);
    labels = Map.copyOf(labels);
  }

  /** Only inputs; everything else is as the template says. */
  public static TemplateStart of(TemplateReference template, Map<String, Payload> inputs) {
    return new TemplateStart(
        template, Optional.empty(), "", inputs, Optional.empty(), Map.of(), Optional.empty());
  }

  /** The same with another priority. */
  public TemplateStart withPriority(Optional<Priority> other) {
    return new TemplateStart(
        template, workflowId, displayName, inputs, other, labels, deadlineTime);
  }
}
