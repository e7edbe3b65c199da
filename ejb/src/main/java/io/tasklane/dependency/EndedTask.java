package io.tasklane.dependency;

import io.tasklane.task.TaskState;

/**
 * A task that has just ended and that others need.
 *
 * @param id key of its row
 * @param taskId final part of its name
 * @param state the final state
 */
public record EndedTask(long id, String taskId, TaskState state) {
  /** As a row says it, with the state's code. */
  public static EndedTask read(long id, String taskId, int state) {
    return new EndedTask(id, taskId, TaskState.of(state));
  }
}
