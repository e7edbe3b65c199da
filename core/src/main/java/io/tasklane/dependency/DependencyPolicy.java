package io.tasklane.dependency;

import io.tasklane.task.state.TaskState;

/**
 * Which end of a needed task lets its dependent start. The code is stored in rows and used on the
 * wire.
 */
public enum DependencyPolicy {
  /** Only a success will do; the default. */
  ON_SUCCESS(1) {
    @Override
    public boolean isMetBy(TaskState end) {
      return end == TaskState.SUCCEEDED;
    }
  },
  /** Only a failure will do, for work that cleans up afterwards or notifies somebody. */
  ON_FAILURE(2) {
    @Override
    public boolean isMetBy(TaskState end) {
      return end == TaskState.FAILED;
    }
  },
  /** Any end will do. */
  ON_END(3) {
    @Override
    public boolean isMetBy(TaskState end) {
      return end.isFinal();
    }
  };

  private final int code;

  DependencyPolicy(int code) {
    this.code = code;
  }

  /** Whether a needed task in this state lets its dependent start. */
  public abstract boolean isMetBy(TaskState end);

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The final states that meet it, as one bit per state code. */
  public int metBy() {
    int bits = 0;
    for (TaskState state : TaskState.values()) {
      if (isMetBy(state)) {
        bits |= 1 << state.code();
      }
    }
    return bits;
  }

  /** How the needed task must end, in words. */
  public String wanted() {
    return switch (this) {
      case ON_SUCCESS -> "end SUCCEEDED";
      case ON_FAILURE -> "end FAILED";
      case ON_END -> "end";
    };
  }

  /**
   * The policy with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DependencyPolicy of(int code) {
    for (DependencyPolicy policy : values()) {
      if (policy.code == code) {
        return policy;
      }
    }
    throw new IllegalArgumentException("no dependency policy has the code " + code);
  }
}
