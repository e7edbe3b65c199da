package io.tasklane.workflow.state;

import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a copy of a node is, for people.
 *
 * @param key which
 * @param ordinal place of the node in the definition, from 0
 * @param state where it is
 * @param run the run of the workflow in which it last started
 * @param taskId final part of the name of its latest task; empty for none
 * @param workflowId final part of the name of the latest workflow that it has started; empty for
 *     none
 * @param cause why it did not succeed
 * @param startTime when it last started
 * @param endTime when it ended; empty before
 * @param approvers who has approved in this run, in their order
 * @param rejecter who rejected it
 */
public record WorkflowNode(
    NodeKey key,
    int ordinal,
    NodeState state,
    int run,
    Optional<String> taskId,
    Optional<String> workflowId,
    Optional<Cause> cause,
    Instant startTime,
    Optional<Instant> endTime,
    List<Actor> approvers,
    Optional<Actor> rejecter) {
  /** Copies the list. */
  public WorkflowNode {
    approvers = List.copyOf(approvers);
  }
}
