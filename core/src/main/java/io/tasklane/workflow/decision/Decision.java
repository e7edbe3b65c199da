package io.tasklane.workflow.decision;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be written and done, in one command.
 *
 * @param status of the workflow after it
 * @param changed instances after it, in the order in which they first changed
 * @param removed instances that are gone
 * @param actions in order
 */
public record Decision(
    WorkflowStatus status,
    Map<NodeKey, NodeInstance> changed,
    Set<NodeKey> removed,
    List<Action> actions) {}
