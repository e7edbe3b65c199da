package io.tasklane.workflow.decision;

/** A workflow is in no state to do what is asked. The message says why. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it is refused. */
  public enum Reason {
    /** The node is no approval that waits for this decision. */
    NODE_NOT_WAITING,
    /** The principal has approved already: each approval needs another one. */
    ALREADY_APPROVED,
    /** The workflow has ended. */
    WORKFLOW_ENDED,
    /** The workflow has not ended. */
    WORKFLOW_NOT_ENDED,
    /** The workflow, or the node that is named, has not failed and was not cancelled. */
    NOTHING_TO_RETRY
  }

  private final Reason reason;

  /**
   * A refusal of a request.
   *
   * @param message for people
   */
  public RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it is refused. */
  public Reason reason() {
    return reason;
  }
}
