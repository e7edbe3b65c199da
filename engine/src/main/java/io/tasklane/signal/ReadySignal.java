package io.tasklane.signal;

/**
 * A task waits.
 *
 * @param queueId id of its queue
 * @param task key of its row
 * @param jmsPriority 0 to 9
 */
record ReadySignal(String queueId, long task, int jmsPriority) {
  /** Property of the message: the key of the task's row, a long. */
  static final String TASK = "task";
}
