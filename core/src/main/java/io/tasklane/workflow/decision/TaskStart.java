package io.tasklane.workflow.decision;

import io.tasklane.task.Priority;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.state.Output;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A task to create. Its input is the literal one of the request, overridden by what is passed under
 * the key {@code input}, overridden by what was computed.
 *
 * @param request with literal values
 * @param input computed keys of the input
 * @param passed what the node before it left; empty if nothing is passed
 * @param priority in effect
 * @param orderingKey computed; empty keeps that of the request
 * @param labels computed, in addition to those of the request
 * @param runAfter computed; empty keeps that of the request
 */
public record TaskStart(
    TaskRequest request,
    Map<String, Object> input,
    Optional<Output> passed,
    Priority priority,
    Optional<String> orderingKey,
    Map<String, String> labels,
    Optional<Instant> runAfter) {
  /** The key of the input under which a chain passes the output of the node before. */
  public static final String PASSED_KEY = "input";
}
