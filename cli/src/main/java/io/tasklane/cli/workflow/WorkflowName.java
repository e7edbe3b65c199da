package io.tasklane.cli.workflow;

/** A workflow's name as people type it. */
final class WorkflowName {
  private static final String COLLECTION = "workflows/";

  private WorkflowName() {}

  /** Completes "morning" to "workflows/morning". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }
}
