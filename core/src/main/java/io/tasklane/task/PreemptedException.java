package io.tasklane.task;

/**
 * Thrown by the handler of a preemptible task that yields to a more urgent one, after {@link
 * Run#preempted()} has returned true and it has saved a {@link Run#checkpoint}. The task waits
 * again and has used no attempt. Thrown by a run that was not asked to yield, it is a failure like
 * any other.
 */
public final class PreemptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For a preempted run. */
  public PreemptedException() {
    super("gives way to a task of higher priority", null, false, false);
  }
}
