package io.tasklane.store;

/** Whom a queue takes new tasks from. The code is what its row keeps. */
public enum Intake {
  /** Everybody. */
  OPEN(1),
  /** Only running work, because finishing what it has includes what that leads to: it drains. */
  RUNS_ONLY(2),
  /** Nobody: it is deleted. */
  CLOSED(3);

  private final int code;

  Intake(int code) {
    this.code = code;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** The intake stored as this number. */
  static Intake of(int code) {
    for (Intake intake : values()) {
      if (intake.code == code) {
        return intake;
      }
    }
    throw new IllegalArgumentException("no intake has the code " + code);
  }
}
