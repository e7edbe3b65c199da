package io.tasklane.task.run;

import io.tasklane.task.RunEnd;

/**
 * Leaves the handler of a run whose step sleeps or waits. It is an error, so that handlers which
 * catch exceptions let it pass; the run is suspended even if one does not.
 */
final class Suspension extends Error {
  private static final long serialVersionUID = 1L;

  Suspension(RunEnd.Suspended end) {
    super("step " + end.step() + " waits; the run goes on later", null, false, false);
  }
}
