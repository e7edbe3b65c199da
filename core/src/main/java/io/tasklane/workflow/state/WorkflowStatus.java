package io.tasklane.workflow.state;

import java.util.Optional;

/**
 * The state of a workflow as a whole.
 *
 * @param state where it is
 * @param run 1 at first, and one more with each retry
 * @param paused whether nothing more is started
 * @param stop why it is being stopped; empty if it is not
 * @param cause why it did not succeed; empty before the end and after a success
 * @param result what it leaves; null before the end
 */
public record WorkflowStatus(
    State state,
    int run,
    boolean paused,
    Optional<Cause> stop,
    Optional<Cause> cause,
    Output result) {
  /** Before it begins. */
  public static final WorkflowStatus NEW =
      new WorkflowStatus(State.RUNNING, 1, false, Optional.empty(), Optional.empty(), Output.NONE);

  /** Where a workflow is. The code is stored in rows and used on the wire. */
  public enum State {
    /** It goes on. */
    RUNNING(2),
    /** It is being cancelled, or is out of time; something of it still runs. */
    CANCELLING(3),
    /** All that had to succeed has. */
    SUCCEEDED(4),
    /** Something failed, or it ran out of time. */
    FAILED(5),
    /** It, or something it needed, was cancelled. */
    CANCELLED(6);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** The stored code. */
    public int code() {
      return code;
    }

    /** Whether it has ended. */
    public boolean isEnded() {
      return code >= SUCCEEDED.code;
    }

    /** The state with this code. */
    public static State of(int code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("no workflow state has the code " + code);
    }
  }

  /** At the beginning of a retry. */
  public WorkflowStatus again() {
    return new WorkflowStatus(
        State.RUNNING, run + 1, false, Optional.empty(), Optional.empty(), Output.NONE);
  }

  /** Paused, or not any more. */
  public WorkflowStatus paused(boolean yes) {
    return new WorkflowStatus(state, run, yes, stop, cause, result);
  }

  /** While what is open is being cancelled, for this cause. */
  public WorkflowStatus stopping(Cause why) {
    return new WorkflowStatus(State.CANCELLING, run, paused, Optional.of(why), cause, result);
  }

  /**
   * At its end.
   *
   * @param end one of the states in which it has ended
   * @param why it did not succeed; empty if it did
   * @param left its result
   */
  public WorkflowStatus ended(State end, Optional<Cause> why, Output left) {
    return new WorkflowStatus(end, run, false, stop, why, left);
  }
}
