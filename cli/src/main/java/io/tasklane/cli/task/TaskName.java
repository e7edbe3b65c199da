package io.tasklane.cli.task;

/** A task's name as people type it. */
final class TaskName {
  private static final String COLLECTION = "tasks/";

  private TaskName() {}

  /** "abc" and "tasks/abc" are both the task abc. */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }
}
