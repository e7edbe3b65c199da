package io.tasklane.workflow.run;

import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.RefusedException.Reason;
import io.tasklane.workflow.decision.WorkflowEvent.ApprovalDecided;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.NodeVariables;
import io.tasklane.workflow.state.Output;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waits that people decide: each approval is of another principal, and one rejection is enough. */
final class Approvals {
  private final DecisionBuilder decision;
  private final EventWaits waits;

  Approvals(DecisionBuilder decision, EventWaits waits) {
    this.decision = decision;
    this.waits = waits;
  }

  void decide(ApprovalDecided decided) throws RefusedException {
    NodeInstance node = waiting(decided);
    if (decided.approved()) {
      approve(node, decided.actor().principal());
    } else {
      Cause cause = Cause.rejected(decided.actor());
      decision.end(node, NodeState.FAILED, Output.NONE, Optional.of(cause));
    }
  }

  private NodeInstance waiting(ApprovalDecided decided) throws RefusedException {
    Optional<NodeInstance> node =
        decision.workflow.contains(decided.key().nodeId())
            ? decision.find(decided.key()).filter(this::isOpenApproval)
            : Optional.empty();
    return node.orElseThrow(
        () ->
            new RefusedException(
                Reason.NODE_NOT_WAITING,
                "node " + decided.key() + " does not wait for a decision"));
  }

  private boolean isOpenApproval(NodeInstance instance) {
    return EventWaits.isWaiting(instance)
        && decision.workflow.placement(instance.key()).node().kind() instanceof EventWait wait
        && wait.approvals() > 0;
  }

  private void approve(NodeInstance node, String principal) throws RefusedException {
    Set<String> approvers = new HashSet<>(node.variables().approvers());
    if (!approvers.add(principal)) {
      throw new RefusedException(Reason.ALREADY_APPROVED, principal + " has approved already");
    }
    NodeInstance approved = node.with(NodeVariables.ofApprovers(approvers));
    decision.put(approved);
    EventWait wait = (EventWait) decision.workflow.placement(node.key()).node().kind();
    if (approvers.size() >= wait.approvals()) {
      Map<String, Object> output = Map.of("approvers", approvers.stream().sorted().toList());
      waits.goOn(approved, wait, new Output.Value(output));
    }
  }
}
