package io.tasklane.workflow.compile;

/** What a node is to the one above it. */
public enum Role {
  /** Nothing is above it. */
  ROOT,
  /** One of its children. */
  MEMBER,
  /** Its branch for failures. */
  HANDLER
}
