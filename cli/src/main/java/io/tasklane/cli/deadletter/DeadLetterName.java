package io.tasklane.cli.deadletter;

/** A dead letter's name as people type it. */
final class DeadLetterName {
  private static final String COLLECTION = "deadLetters/";
  private static final String TASKS = "tasks/";

  private DeadLetterName() {}

  /** "abc", "tasks/abc" and "deadLetters/abc" are all the dead letter of the task abc. */
  static String of(String given) {
    if (given.startsWith(COLLECTION)) {
      return given;
    }
    return COLLECTION + (given.startsWith(TASKS) ? given.substring(TASKS.length()) : given);
  }
}
