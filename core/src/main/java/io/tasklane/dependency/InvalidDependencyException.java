package io.tasklane.dependency;

/**
 * The dependencies of tasks that are to be created together cannot be met. The message says why.
 *
 * <p>It is checked, so that a container does not wrap it.
 */
public final class InvalidDependencyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the dependencies. */
  public enum Reason {
    /** A dependency names a task that does not exist and is not created with them. */
    DEPENDENCY_UNKNOWN,
    /** The dependencies, together with the order of ordering keys, form a cycle. */
    DEPENDENCY_CYCLE
  }

  private final Reason reason;
  private final String taskId;
  private final String field;

  /**
   * The dependencies of a task are wrong.
   *
   * @param reason what is wrong
   * @param taskId final part of the task's name
   * @param field path of the wrong field in the task, such as "dependencies[1].task"
   * @param message for people
   */
  public InvalidDependencyException(Reason reason, String taskId, String field, String message) {
    super(message);
    this.reason = reason;
    this.taskId = taskId;
    this.field = field;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** Final part of the name of the task whose dependencies are wrong. */
  public String taskId() {
    return taskId;
  }

  /** Path of the wrong field in that task. */
  public String field() {
    return field;
  }
}
