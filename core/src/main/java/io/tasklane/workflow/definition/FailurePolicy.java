package io.tasklane.workflow.definition;

/** What the failure or the cancellation of one member means to the others, and to the whole. */
public enum FailurePolicy {
  /** All run to their ends; then the whole fails, or is cancelled if none failed. The default. */
  WAIT_ALL,
  /** The others are cancelled at once; the whole ends as with WAIT_ALL. */
  FAIL_FAST,
  /** All run to their ends, and the whole succeeds, with null in the place of a bad one. */
  IGNORE
}
