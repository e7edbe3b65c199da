package io.tasklane.queue;

/**
 * What the next task of an ordering key does while its head waits for a retry. The code is stored
 * in rows.
 */
public enum KeyRetry {
  /** It waits too: the key keeps its order. */
  HOLD(1),
  /** It runs first: the key gives up its order until the retry. */
  PASS(2);

  private final int code;

  KeyRetry(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The policy with this code. */
  public static KeyRetry of(int code) {
    for (KeyRetry one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    throw new IllegalArgumentException("no key retry policy has the code " + code);
  }
}
