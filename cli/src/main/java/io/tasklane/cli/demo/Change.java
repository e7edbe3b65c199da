package io.tasklane.cli.demo;

/**
 * One change of a task, as the event stream tells it.
 *
 * @param task "tasks/{task}"
 * @param state the state it has now, without prefix
 */
record Change(String task, String state) {
  boolean isEnd() {
    return switch (state) {
      case "SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED" -> true;
      default -> false;
    };
  }
}
