package io.tasklane.task.state;

/** The state of a task. The code is stored in rows and used on the wire; it never changes. */
public enum TaskState {
  /** Waits for its run-after time. */
  SCHEDULED(1),
  /** Waits for tasks it depends on. */
  BLOCKED(2),
  /** Ready to run; waits in its queue. */
  QUEUED(3),
  /** Offered to a remote worker that has not accepted yet. */
  OFFERED(4),
  /** A handler or worker holds its lease and works on it. */
  RUNNING(5),
  /** An attempt failed; waits for the backoff to pass. */
  RETRY_WAIT(6),
  /** Somebody asked to cancel it while it ran; the run has not ended yet. */
  CANCELLING(7),
  /** Done, with a result. */
  SUCCEEDED(8),
  /** Failed for good, and kept as a dead letter. */
  FAILED(9),
  /** Ended because somebody cancelled it. */
  CANCELLED(10),
  /** Never ran, because a task it needs did not end as needed. */
  SKIPPED(11);

  private final int code;

  TaskState(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** Whether nothing more can happen to the task. */
  public boolean isFinal() {
    return code >= SUCCEEDED.code;
  }

  /** The state with this code. */
  public static TaskState of(int code) {
    for (TaskState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no task state has the code " + code);
  }
}
