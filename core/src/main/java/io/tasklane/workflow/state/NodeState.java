package io.tasklane.workflow.state;

/** The state of an instance. The code is stored in rows; it never changes. */
public enum NodeState {
  /** Did not succeed before, and is to run again when its turn comes. */
  WAITING(1),
  /** Is to start as soon as the workflow, which is paused, is resumed. */
  PAUSED(2),
  /** Has started and not ended. */
  RUNNING(3),
  /** Ended well. */
  SUCCEEDED(4),
  /** Ended with a failure that nothing handled. */
  FAILED(5),
  /** Ended because it, or something around it, was cancelled. */
  CANCELLED(6),
  /** Did not run by choice: its wait timed out, and was to be skipped then. It is no failure. */
  SKIPPED(7);

  private final int code;

  NodeState(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** Whether it has ended. */
  public boolean isEnded() {
    return code >= SUCCEEDED.code;
  }

  /** Whether it has ended, and what comes after it may go on. */
  public boolean isGood() {
    return this == SUCCEEDED || this == SKIPPED;
  }

  /** Whether it has ended, and a retry runs it again. */
  public boolean isBad() {
    return this == FAILED || this == CANCELLED;
  }

  /** The state with this code. */
  public static NodeState of(int code) {
    for (NodeState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no node state has the code " + code);
  }
}
