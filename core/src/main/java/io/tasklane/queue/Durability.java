package io.tasklane.queue;

/** What must be durable before the next task of a queue starts. The code is stored in rows. */
public enum Durability {
  /** A completion is durable before the next task starts. */
  EACH(1),
  /** Claims are durable before the start, up to a limit ahead; completions follow in groups. */
  GROUPED(2);

  /** The limit of claimed and not yet completed tasks in a queue whose completions are grouped. */
  public static final int CLAIMS_AHEAD = 64;

  private final int code;

  Durability(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The durability with this code. */
  public static Durability of(int code) {
    for (Durability one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    throw new IllegalArgumentException("no durability has the code " + code);
  }
}
