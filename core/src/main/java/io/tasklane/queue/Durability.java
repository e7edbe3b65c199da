package io.tasklane.queue;

/** What must be durable before the next task of a queue starts. The code is what rows keep. */
public enum Durability {
  /** A completion is durable before the next task starts. */
  EACH(1),
  /** Claims are durable before the start, up to so many ahead; completions follow in groups. */
  GROUPED(2);

  /** Tasks that a queue whose completions are grouped may have claimed and not settled. */
  public static final int CLAIMS_AHEAD = 64;

  private final int code;

  Durability(int code) {
    this.code = code;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** The one stored as this number. */
  public static Durability of(int code) {
    for (Durability one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    throw new IllegalArgumentException("no durability has the code " + code);
  }
}
