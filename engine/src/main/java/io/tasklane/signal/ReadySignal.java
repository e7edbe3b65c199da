package io.tasklane.signal;

/** A task is ready. */
record ReadySignal(String queueId, long task, int jmsPriority) {
  /** Property of the message: the key of the task's row, a long. */
  static final String TASK = "task";
}
