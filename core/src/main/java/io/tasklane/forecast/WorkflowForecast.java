package io.tasklane.forecast;

import java.time.Instant;
import java.util.List;

/**
 * The answer of a forecast of a workflow.
 *
 * @param now from which its times count
 * @param outlook when the workflow ends
 * @param assumptions what had to be assumed, for people
 * @param revision of the state that it was computed from; 0 for one that was not started
 */
public record WorkflowForecast(
    Instant now, WorkflowOutlook outlook, List<String> assumptions, long revision) {
  /** Copies the list. */
  public WorkflowForecast {
    assumptions = List.copyOf(assumptions);
  }
}
