package io.tasklane.cli.demo;

import java.time.Instant;

/**
 * One state change of a task, as the event stream reports it.
 *
 * @param task "tasks/{task}"
 * @param from the state before, without prefix; empty at the creation
 * @param to the state after, without prefix
 * @param at when it moved, by the server's clock
 */
record Change(String task, String from, String to, Instant at) {
  boolean isEnd() {
    return switch (to) {
      case "SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED" -> true;
      default -> false;
    };
  }

  boolean isStart() {
    return to.equals("RUNNING");
  }

  /** Whether a run ended that was not the task's last. */
  boolean isSetback() {
    return (from.equals("RUNNING") || from.equals("CANCELLING"))
        && !isEnd()
        && !to.equals("CANCELLING");
  }
}
