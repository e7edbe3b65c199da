package io.tasklane.task.run;

/** Why a run has to stop. */
enum Stop {
  /** It does not have to stop. */
  NONE,
  /** Its time limit is reached. */
  TIMEOUT,
  /** Somebody cancelled its task. */
  CANCEL,
  /** The node shuts down. */
  NODE_STOPS,
  /** The node's lease is over: nothing this run does is accepted any more. */
  LEASE_OVER
}
