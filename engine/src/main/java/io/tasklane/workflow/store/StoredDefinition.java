package io.tasklane.workflow.store;

import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.definition.WorkflowDefinition;

/**
 * A stored definition, ready to run.
 *
 * @param compiled what core decides by
 * @param order the places of its nodes
 */
public record StoredDefinition(CompiledWorkflow compiled, NodeOrder order) {
  /** Prepares a definition that was checked before it was stored. */
  static StoredDefinition of(WorkflowDefinition definition) {
    try {
      return new StoredDefinition(WorkflowCompiler.compile(definition), new NodeOrder(definition));
    } catch (InvalidDefinitionException changed) {
      throw new IllegalStateException(
          "a definition that was stored is refused now: " + changed.getMessage(), changed);
    }
  }
}
