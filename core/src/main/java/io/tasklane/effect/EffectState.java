package io.tasklane.effect;

/** How far an effect is. */
public enum EffectState {
  /** A run was about to bring it about: it may have happened or not; the target knows. */
  INTENDED(1),
  /** It has happened, and its outcome is kept. */
  DONE(2);

  private final int code;

  EffectState(int code) {
    this.code = code;
  }

  /** Its number in a row; never changes its meaning. */
  public int code() {
    return code;
  }

  /** The state with this number. */
  public static EffectState of(int code) {
    for (EffectState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no effect state has the code " + code);
  }
}
