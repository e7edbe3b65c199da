package io.tasklane.workflow.definition;

import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request to start a workflow.
 *
 * @param workflowId final part of the name; empty lets the server choose
 * @param displayName for people, may be empty
 * @param definition what is started
 * @param document the same as the edge encoded it, to be shown again; never empty
 * @param inputs by name, each JSON
 * @param deadlineTime by when it should have ended
 */
public record WorkflowRequest(
    Optional<String> workflowId,
    String displayName,
    WorkflowDefinition definition,
    byte[] document,
    Map<String, Payload> inputs,
    Optional<Instant> deadlineTime) {
  /** The same with this priority of its tasks, if it says none itself. */
  public WorkflowRequest orPriority(Optional<Priority> other) {
    return new WorkflowRequest(
        workflowId,
        displayName,
        new WorkflowDefinition(
            definition.root(),
            definition.result(),
            definition.priority().or(() -> other),
            definition.labels(),
            definition.timeLimit()),
        document,
        inputs,
        deadlineTime);
  }
}
