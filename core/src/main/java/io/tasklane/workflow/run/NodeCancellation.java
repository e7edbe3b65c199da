package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import java.util.Optional;
import java.util.Set;

/** Cancels what is open of a node; nothing more below it starts. */
final class NodeCancellation {
  private static final Set<NodeState> OPEN = Set.of(NodeState.RUNNING, NodeState.PAUSED);

  private final DecisionBuilder decision;

  NodeCancellation(DecisionBuilder decision) {
    this.decision = decision;
  }

  /** Cancels the members of a node because of one of them. */
  void cancelMembers(NodeKey key, Cause cause) {
    decision.put(decision.get(key).stopping(cause, false));
    cancelBelow(key, cause);
  }

  /** Cancels a node and all below it. */
  void cancel(NodeKey key, Cause cause) {
    NodeInstance instance = decision.get(key);
    if (instance.state() == NodeState.PAUSED) {
      decision.end(instance, NodeState.CANCELLED, instance.output(), Optional.of(cause));
      return;
    }
    if (instance.state() != NodeState.RUNNING || instance.stoppedFromAbove()) {
      return;
    }
    NodeKind kind = decision.workflow.placement(key).node().kind();
    boolean waits = instance.phase() == Phase.MAIN && instance.counts().size() == 0;
    if (waits && (kind instanceof EventWait || kind instanceof Timer)) {
      decision.end(instance, NodeState.CANCELLED, instance.output(), Optional.of(cause));
      return;
    }
    decision.put(instance.stopping(cause, true));
    if (instance.phase() == Phase.MAIN && kind.children().isEmpty()) {
      decision.actions.add(new Action.Cancel(key, instance.run(), cause));
    } else {
      cancelBelow(key, cause);
    }
  }

  private void cancelBelow(NodeKey key, Cause cause) {
    decision.below(key, OPEN).forEach(child -> cancel(child, cause));
  }
}
