package io.tasklane.step;

/** How far a step is. */
public enum StepState {
  /** It sleeps, or waits for an event, until its due time. */
  WAITING(1),
  /** Its body has failed and is run again at its due time. */
  RETRY_WAIT(2),
  /** It is done: its result is kept, and its body does not run again. */
  SUCCEEDED(3),
  /** It failed in the attempt that it names; the next attempt runs it anew. */
  FAILED(4);

  private final int code;

  StepState(int code) {
    this.code = code;
  }

  /** The stored code, also on the wire; it never changes its meaning. */
  public int code() {
    return code;
  }

  /** The state with this code. */
  public static StepState of(int code) {
    for (StepState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a step has the code " + code);
  }
}
