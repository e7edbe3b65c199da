package io.tasklane.schedule;

/**
 * What becomes of a due time while a run of the same schedule has not ended. The code is stored in
 * rows and used on the wire.
 */
public enum OverlapPolicy {
  /** It does not run, and is counted; the default. */
  SKIP(1),
  /** The first one waits until nothing runs; those that come while it waits are skipped. */
  BUFFER_ONE(2),
  /** It runs besides the others. */
  ALLOW(3),
  /** It runs, and the others are cancelled. */
  CANCEL_OTHER(4);

  private final int code;

  OverlapPolicy(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /**
   * The policy with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OverlapPolicy of(int code) {
    for (OverlapPolicy policy : values()) {
      if (policy.code == code) {
        return policy;
      }
    }
    throw new IllegalArgumentException("no overlap policy has the code " + code);
  }
}
