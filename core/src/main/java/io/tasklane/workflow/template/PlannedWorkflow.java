package io.tasklane.workflow.template;

import io.tasklane.task.Payload;
import io.tasklane.workflow.definition.WorkflowRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A workflow that is to be started later, perhaps many times, each time anew. */
public sealed interface PlannedWorkflow {
  /**
   * A tree that stands in the plan itself.
   *
   * @param spec what is started, as a template says it; its description and its input schema are
   *     empty
   */
  record Tree(TemplateSpec spec) implements PlannedWorkflow {
    /** What a start starts now. */
    public WorkflowRequest request(Instant now) {
      return spec.request(TemplateStart.of(TemplateReference.newest(""), Map.of()), now);
    }

    /** By what it means: the document is only another form of it. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Tree tree
          && tree.spec.definition().equals(spec.definition())
          && tree.spec.displayName().equals(spec.displayName())
          && tree.spec.inputs().equals(spec.inputs())
          && tree.spec.deadlineAfter().equals(spec.deadlineAfter());
    }

    @Override
    public int hashCode() {
      return spec.definition().hashCode();
    }
  }

  /**
   * A stored template.
   *
   * @param template which one; without a version, the newest at each start
   * @param inputs by name, each JSON
   */
  record OfTemplate(TemplateReference template, Map<String, Payload> inputs)
      implements PlannedWorkflow {
    /** Copies the map. */
    public OfTemplate {
      inputs = Map.copyOf(inputs);
    }
  }

  /** The template that it is started from; empty for a tree. */
  default Optional<TemplateReference> reference() {
    return this instanceof OfTemplate of ? Optional.of(of.template()) : Optional.empty();
  }
}
