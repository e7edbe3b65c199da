package io.tasklane.retention;

import io.tasklane.task.state.TaskState;

/** Keeps what an unfinished task will still read, however old it is. */
final class StillNeeded {
  /** SQL: whether an unfinished task needs the task k. */
  static final String OF_K =
      """
      k.needed AND EXISTS (
        SELECT FROM task_need n JOIN task d ON d.id = n.task
        WHERE n.need = k.id AND d.state < %d)"""
          .formatted(TaskState.SUCCEEDED.code()); // the final states are from this one on

  private StillNeeded() {}
}
