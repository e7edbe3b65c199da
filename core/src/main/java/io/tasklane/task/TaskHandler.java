package io.tasklane.task;

/**
 * Does the work of one task type inside the server.
 *
 * <p>Delivery is at least once: a handler may meet a task again whose earlier run was cut short,
 * and fences what it writes elsewhere with {@link Run#fencingToken()}.
 */
public interface TaskHandler {
  /** The type it serves, with its input schema and its defaults. */
  TaskType type();

  /**
   * Does the work.
   *
   * @param run what it is about, and the way to report back
   * @return the result, kept for the task's result TTL
   * @throws FailureException to say what kind of failure it met
   * @throws InterruptedException when told to stop by the interrupt of its thread
   * @throws Exception anything else counts as retryable
   */
  Payload handle(Run run) throws Exception;
}
