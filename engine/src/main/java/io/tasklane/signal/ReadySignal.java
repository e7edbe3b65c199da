package io.tasklane.signal;

import io.tasklane.key.TaskKey;

/** A task is ready. */
record ReadySignal(String queueId, TaskKey task, int jmsPriority) {
  /** Property of the message: the key of the task's row, a long. */
  static final String TASK = "task";
}
