package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.Timer;
import java.util.Optional;
import java.util.Set;

/** Stops nodes: what is open is cancelled, and nothing more below them starts. */
final class Stops {
  private static final Set<NodeState> OPEN = Set.of(NodeState.RUNNING, NodeState.HELD);

  private final Draft draft;

  Stops(Draft draft) {
    this.draft = draft;
  }

  /** Stops the members of a node because of one of them. */
  void stopMembers(NodeKey key, Cause cause) {
    draft.put(draft.get(key).stopping(cause, false));
    stopBelow(key, cause);
  }

  /** Stops a node from above. */
  void stop(NodeKey key, Cause cause) {
    Instance instance = draft.get(key);
    if (instance.state() == NodeState.HELD) {
      draft.end(instance, NodeState.CANCELLED, instance.output(), Optional.of(cause));
      return;
    }
    if (instance.state() != NodeState.RUNNING || instance.stoppedFromAbove()) {
      return;
    }
    NodeKind kind = draft.flow.placement(key).node().kind();
    boolean waits = instance.phase() == Phase.MAIN && instance.counts().size() == 0;
    if (waits && (kind instanceof EventWait || kind instanceof Timer)) {
      draft.end(instance, NodeState.CANCELLED, instance.output(), Optional.of(cause));
      return;
    }
    draft.put(instance.stopping(cause, true));
    if (instance.phase() == Phase.MAIN && kind.children().isEmpty()) {
      draft.actions.add(new Action.Cancel(key, instance.run(), cause));
    } else {
      stopBelow(key, cause);
    }
  }

  private void stopBelow(NodeKey key, Cause cause) {
    draft.below(key, OPEN).forEach(child -> stop(child, cause));
  }
}
