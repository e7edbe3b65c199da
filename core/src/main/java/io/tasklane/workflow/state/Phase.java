package io.tasklane.workflow.state;

/** How far an instance is with its branch for failures. The code is stored in rows. */
public enum Phase {
  /** The node itself. */
  MAIN(1),
  /** It failed, and the branch runs. */
  HANDLING(2),
  /** The branch has ended. */
  HANDLED(3);

  private final int code;

  Phase(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The phase with this code. */
  public static Phase of(int code) {
    for (Phase phase : values()) {
      if (phase.code == code) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no phase has the code " + code);
  }
}
