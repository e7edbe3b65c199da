package io.tasklane.workflow.store;

import io.tasklane.workflow.template.TemplateReference;
import java.util.Optional;

/**
 * What a workflow comes from.
 *
 * @param template the version of a template; empty if it was started from a tree
 */
public record WorkflowOrigin(Optional<TemplateReference> template) {
  /** Of a workflow that was started from a tree. */
  public static final WorkflowOrigin TREE = new WorkflowOrigin(Optional.empty());

  /** Of a workflow that was started from this version. */
  public static WorkflowOrigin of(TemplateReference version) {
    return new WorkflowOrigin(Optional.of(version));
  }
}
