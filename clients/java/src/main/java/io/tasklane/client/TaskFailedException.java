package io.tasklane.client;

import io.tasklane.v1.Task;

/** A task that was waited for ended otherwise than SUCCEEDED. */
public final class TaskFailedException extends RuntimeException {
  private final transient Task task;

  TaskFailedException(Task task) {
    super(
        "%s ended %s: %s %s"
            .formatted(
                task.getName(),
                task.getState().name().replace("STATE_", ""),
                task.getFailure().getCode(),
                task.getFailure().getMessage()));
    this.task = task;
  }

  /** The task as it ended, with its failure. */
  public Task task() {
    return task;
  }
}
