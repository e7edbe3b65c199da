package io.tasklane.workflow.store;

import io.tasklane.workflow.template.TemplateReference;
import java.util.Optional;

/**
 * What a workflow comes from.
 *
 * @param template the version of a template; empty if it was started from a tree
 * @param outer the node that starts it; empty if none does
 */
public record WorkflowOrigin(Optional<TemplateReference> template, Optional<OuterNode> outer) {
  /** The origin of a workflow that a client sent as a tree: no template. */
  public static final WorkflowOrigin TREE = new WorkflowOrigin(Optional.empty(), Optional.empty());

  /** The origin of a workflow that was started from this version of a template. */
  public static WorkflowOrigin of(TemplateReference version) {
    return new WorkflowOrigin(Optional.of(version), Optional.empty());
  }

  /** The same, started by this node. */
  public WorkflowOrigin startedBy(OuterNode node) {
    return new WorkflowOrigin(template, Optional.of(node));
  }
}
