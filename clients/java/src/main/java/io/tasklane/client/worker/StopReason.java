package io.tasklane.client.worker;

import io.tasklane.v1.StopSignal;

/** Why a run should stop. */
public enum StopReason {
  /** Somebody cancelled the task. */
  CANCEL,
  /** Its time limit is reached. */
  TIMEOUT,
  /** A task of higher priority waits; a run that can go on later saves a checkpoint and stops. */
  PREEMPT,
  /** The worker drains and its time is up; a run that can go on later saves a checkpoint. */
  DRAIN,
  /** The lease is over: whatever it still does is refused. */
  LOST;

  static StopReason of(StopSignal.Kind kind) {
    return switch (kind) {
      case KIND_TIMEOUT -> TIMEOUT;
      case KIND_PREEMPT -> PREEMPT;
      case KIND_DRAIN -> DRAIN;
      default -> CANCEL;
    };
  }
}
