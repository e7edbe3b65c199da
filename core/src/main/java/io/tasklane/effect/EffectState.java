package io.tasklane.effect;

/** The state of an effect. */
public enum EffectState {
  /** A run was about to perform it: it may have happened or not; only the target knows. */
  INTENDED(1),
  /** It has happened, and its outcome is stored. */
  DONE(2);

  private final int code;

  EffectState(int code) {
    this.code = code;
  }

  /** The stored code; it never changes its meaning. */
  public int code() {
    return code;
  }

  /** The state with this code. */
  public static EffectState of(int code) {
    for (EffectState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no effect state has the code " + code);
  }
}
