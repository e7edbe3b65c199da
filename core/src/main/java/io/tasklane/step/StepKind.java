package io.tasklane.step;

/** What a step does. */
public enum StepKind {
  /** It runs a body. */
  BODY(1),
  /** It waits for a time. */
  SLEEP(2),
  /** It waits for an event, or for its time limit. */
  EVENT(3);

  private final int code;

  StepKind(int code) {
    this.code = code;
  }

  /** The stored code, also on the wire; it never changes its meaning. */
  public int code() {
    return code;
  }

  /** The kind with this code. */
  public static StepKind of(int code) {
    for (StepKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of step has the code " + code);
  }
}
