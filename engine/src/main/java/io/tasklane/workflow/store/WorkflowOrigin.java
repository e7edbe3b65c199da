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
  /** Of a workflow that was started from a tree. */
  public static final WorkflowOrigin TREE = new WorkflowOrigin(Optional.empty(), Optional.empty());

  /** Of a workflow that was started from this version. */
  public static WorkflowOrigin of(TemplateReference version) {
    return new WorkflowOrigin(Optional.of(version), Optional.empty());
  }

  /** The same, started by this node. */
  public WorkflowOrigin startedBy(OuterNode node) {
    return new WorkflowOrigin(template, Optional.of(node));
  }
}
