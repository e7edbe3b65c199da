package io.tasklane.batch;

import java.util.Arrays;

/** Where a batch operation stands. The code is what its row keeps. */
public enum BatchState {
  /** Works on its targets, or will go on when a node runs. */
  RUNNING(1),
  /** Somebody stopped it; what was left was not tried. */
  STOPPED(2),
  /** Has tried every target; some may have been refused. */
  SUCCEEDED(3),
  /** Was given up, because it could not go on for too long. */
  FAILED(4);

  private final int code;

  BatchState(int code) {
    this.code = code;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /**
   * The state stored as this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BatchState of(int code) {
    return Arrays.stream(values())
        .filter(state -> state.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state of batches has code " + code));
  }
}
