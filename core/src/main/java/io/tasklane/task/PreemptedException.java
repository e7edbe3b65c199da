package io.tasklane.task;

/**
 * Thrown by the handler of a preemptible task that gives way, after {@link Run#preempted()} told it
 * to and it has kept a {@link Run#checkpoint}. The task waits for its turn again and has used no
 * attempt. Thrown by a run that was not told to, it is a failure like any other.
 */
public final class PreemptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For a run that gives way. */
  public PreemptedException() {
    super("gives way to a task of higher priority", null, false, false);
  }
}
