package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.run.RefusedException.Reason;
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

  private final Draft draft;
  private final Set<NodeKey> wanted;
  private final Set<NodeKey> above = new HashSet<>();

  Retries(Draft draft, Set<NodeKey> wanted) throws RefusedException {
    this.draft = draft;
    this.wanted = wanted;
    for (NodeKey key : wanted) {
      if (!draft.flow.contains(key.nodeId())
          || draft.find(key).filter(found -> found.state().isBad()).isEmpty()) {
        throw new RefusedException(
            Reason.NOTHING_TO_RETRY, "node " + key + " has not failed and was not cancelled");
      }
      for (var up = draft.flow.parent(key); up.isPresent(); up = draft.flow.parent(up.get())) {
        requireNotGood(key, draft.get(up.get()));
        above.add(up.get());
      }
    }
  }

  /** What an ignoring group or a branch for failures has made good is settled. */
  private static void requireNotGood(NodeKey key, Instance whole) throws RefusedException {
    if (whole.state().isGood()) {
      throw new RefusedException(
          Reason.NOTHING_TO_RETRY,
          "node " + key + " is part of " + whole.key() + ", which has succeeded");
    }
  }

  /** Prepares all of it, and starts the root. */
  void run() throws RefusedException {
    NodeKey root = draft.flow.root();
    draft.status = draft.status.again();
    Set<String> held = new LinkedHashSet<>();
    for (String queue : draft.flow.holds().queues()) {
      String node = draft.flow.holds().endsWith(queue).orElseThrow();
      if (!draft.flow.placement(node).loops().isEmpty() || draft.find(NodeKey.of(node)).isEmpty()) {
        held.add(queue);
      }
    }
    if (!held.isEmpty()) {
      draft.actions.add(new Action.HoldQueues(held));
    }
    if (draft.get(root).state().isGood()) {
      draft.ends.add(root);
      return;
    }
    prepare(root, wanted.isEmpty() || wanted.contains(root));
    draft.starts.add(root);
  }

  private void prepare(NodeKey key, boolean inside) {
    Instance instance = draft.get(key);
    draft.handler(key).ifPresent(draft::discard);
    int toRun = 0;
    int failed = 0;
    int cancelled = 0;
    Optional<Cause> still = Optional.empty();
    for (NodeKey child : draft.members(key, TO_RUN)) {
      boolean wantsChild = inside || wanted.contains(child);
      Instance bad = draft.get(child);
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
    Counts counts = instance.counts().again(toRun, failed, cancelled);
    draft.put(instance.toRunAgain(counts, still));
  }
}
