package io.tasklane.queue;

/** Whether a queue accepts and starts tasks. The code is stored in rows and used on the wire. */
public enum QueueState {
  /** Accepts tasks and starts them. */
  ACTIVE(1),
  /** Accepts tasks and starts none; running tasks continue. */
  PAUSED(2),
  /** Accepts tasks from running work only, and runs those it has. */
  DRAINING(3);

  private final int code;

  QueueState(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The state with this code. */
  public static QueueState of(int code) {
    for (QueueState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no queue state has the code " + code);
  }
}
