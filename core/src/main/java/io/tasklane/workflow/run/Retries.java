package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.RefusedException.Reason;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Prepares an ended workflow to run again. What has succeeded stays, with all below it; the nodes
 * above what did not are open again, and go on where they were. The cost is in proportion to what
 * did not succeed.
 */
final class Retries {
  /** What a retry that was stopped had prepared and not started still waits. */
  private static final Set<NodeState> TO_RUN =
      Set.of(NodeState.FAILED, NodeState.CANCELLED, NodeState.WAITING);

  private final DecisionBuilder decision;
  private final Set<NodeKey> wanted;
  private final Set<NodeKey> above = new HashSet<>();

  Retries(DecisionBuilder decision, Set<NodeKey> wanted) throws RefusedException {
    this.decision = decision;
    this.wanted = wanted;
    for (NodeKey key : wanted) {
      if (!decision.workflow.contains(key.nodeId())
          || decision.find(key).filter(found -> found.state().isBad()).isEmpty()) {
        throw new RefusedException(
            Reason.NOTHING_TO_RETRY, "node " + key + " has not failed and was not cancelled");
      }
      for (var up = decision.workflow.parent(key);
          up.isPresent();
          up = decision.workflow.parent(up.get())) {
        requireNotGood(key, decision.get(up.get()));
        above.add(up.get());
      }
    }
  }

  /** What an ignoring group or a branch for failures has made good is settled. */
  private static void requireNotGood(NodeKey key, NodeInstance whole) throws RefusedException {
    if (whole.state().isGood()) {
      throw new RefusedException(
          Reason.NOTHING_TO_RETRY,
          "node " + key + " is part of " + whole.key() + ", which has succeeded");
    }
  }

  /** Prepares all of it, and starts the root. */
  void run() throws RefusedException {
    NodeKey root = decision.workflow.root();
    decision.status = decision.status.again();
    Set<String> held = new LinkedHashSet<>();
    for (String queue : decision.workflow.holds().queues()) {
      String node = decision.workflow.holds().endsWith(queue).orElseThrow();
      if (!decision.workflow.placement(node).loops().isEmpty()
          || decision.find(NodeKey.of(node)).isEmpty()) {
        held.add(queue);
      }
    }
    if (!held.isEmpty()) {
      decision.actions.add(new Action.HoldQueues(held));
    }
    if (decision.get(root).state().isGood()) {
      decision.toComplete.add(root);
      return;
    }
    prepare(root, wanted.isEmpty() || wanted.contains(root));
    decision.toStart.add(root);
  }

  private void prepare(NodeKey key, boolean inside) {
    NodeInstance instance = decision.get(key);
    decision.handler(key).ifPresent(decision::discard);
    int toRun = 0;
    int failed = 0;
    int cancelled = 0;
    Optional<Cause> still = Optional.empty();
    for (NodeKey child : decision.members(key, TO_RUN)) {
      boolean wantsChild = inside || wanted.contains(child);
      NodeInstance bad = decision.get(child);
      if (wantsChild || above.contains(child)) {
        prepare(child, wantsChild);
        toRun++;
      } else if (bad.state() == NodeState.WAITING) {
        toRun++;
      } else {
        failed += bad.state() == NodeState.FAILED ? 1 : 0;
        cancelled += bad.state() == NodeState.CANCELLED ? 1 : 0;
        still = still.or(bad::cause);
      }
    }
    MemberCounts counts = instance.counts().again(toRun, failed, cancelled);
    decision.put(instance.toRunAgain(counts, still));
  }
}
