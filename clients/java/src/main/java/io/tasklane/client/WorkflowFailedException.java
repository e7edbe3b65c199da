package io.tasklane.client;

import io.tasklane.v1.Workflow;

/** A workflow that was waited for ended otherwise than SUCCEEDED. */
public final class WorkflowFailedException extends RuntimeException {
  private final transient Workflow workflow;

  WorkflowFailedException(Workflow workflow) {
    super(
        "%s ended %s: %s %s"
            .formatted(
                workflow.getName(),
                workflow.getState().name().replace("STATE_", ""),
                workflow.getFailure().getCode(),
                workflow.getFailure().getMessage()));
    this.workflow = workflow;
  }

  /** The workflow as it ended, with its failure. */
  public Workflow workflow() {
    return workflow;
  }
}
