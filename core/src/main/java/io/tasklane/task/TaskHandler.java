package io.tasklane.task;

/**
 * Executes tasks of one type inside the server.
 *
 * <p>Delivery is at least once: a handler may get a task again whose earlier run was interrupted,
 * and fences what it writes elsewhere with {@link Run#fencingToken()}.
 */
public interface TaskHandler {
  /** The type it serves, with its input schema and its defaults. */
  TaskType type();

  /**
   * Executes one run of a task.
   *
   * @param run the input, and the methods to report back
   * @return the result, kept for the task's result TTL; JSON by the rule of {@link Payload#JSON}
   * @throws FailureException to say what kind of failure occurred
   * @throws InterruptedException when interrupted to stop
   * @throws Exception anything else counts as retryable, and so does an error; only what the
   *     methods of the run throw while Tasklane's own database or storage is away, also as a cause,
   *     uses no attempt. An error of the virtual machine, other than a stack overflow, ends the
   *     node
   */
  Payload handle(Run run) throws Exception;
}
