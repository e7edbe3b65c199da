package io.tasklane.task.run;

/** Why a run was told to stop. */
enum Stop {
  /** It was not. */
  NONE,
  /** Its time limit is reached. */
  TIMEOUT,
  /** Somebody cancelled its task. */
  CANCEL,
  /** The node stops in good order. */
  NODE_STOPS,
  /** The node's lease is over: nothing this run does is accepted any more. */
  LEASE_OVER
}
