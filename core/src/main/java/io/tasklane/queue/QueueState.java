package io.tasklane.queue;

/** Whether a queue starts tasks. The code is what rows and the wire keep. */
public enum QueueState {
  /** Takes tasks and starts them. */
  ACTIVE(1),
  /** Takes tasks and starts none; what runs goes on. */
  PAUSED(2),
  /** Takes tasks from running work alone, and finishes those it has. */
  DRAINING(3);

  private final int code;

  QueueState(int code) {
    this.code = code;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** The state stored as this number. */
  public static QueueState of(int code) {
    for (QueueState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no queue state has the code " + code);
  }
}
