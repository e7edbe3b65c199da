package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.NodeKind;
import java.util.Optional;
import java.util.Set;

/** Starts the members of a node whose turn it is, and ends the node after the last of them. */
final class Members {
  private final Draft draft;

  Members(Draft draft) {
    this.draft = draft;
  }

  /** Whether it goes on with its members, instead of starting anew. */
  static boolean hasMembers(NodeKind kind, Instance instance) {
    return !kind.children().isEmpty() && instance.counts().size() > 0;
  }

  void advance(NodeKey key) {
    Instance instance = draft.get(key);
    NodeKind kind = draft.flow.placement(key).node().kind();
    Counts counts = instance.counts();
    boolean goesOn = instance.stop().isEmpty() && !(kind instanceof Chain && counts.anyBad());
    if (goesOn) {
      counts = started(key, kind, instance);
      draft.put(instance.with(counts));
    }
    if (counts.open() == 0 && (counts.allStarted() || !goesOn)) {
      finish(draft.get(key), kind);
    }
  }

  private Counts started(NodeKey key, NodeKind kind, Instance instance) {
    Counts counts = instance.counts();
    int most = maximumParallel(kind);
    if (counts.waiting() > 0 && counts.open() < most) {
      int free = most - counts.open();
      for (NodeKey child : draft.takeWaiting(key, free)) {
        draft.starts.add(child);
        counts = counts.waitingStarted();
      }
    }
    while (counts.next() < counts.size() && counts.open() < most) {
      int position = kind instanceof Choice ? instance.memory().branch() : counts.next();
      draft.starts.add(draft.flow.child(key, position));
      counts = counts.nextStarted();
    }
    return counts;
  }

  private static int maximumParallel(NodeKind kind) {
    int most = 1;
    if (kind instanceof Group group) {
      most = group.maximumParallel();
    } else if (kind instanceof ForEach each) {
      most = each.maximumParallel();
    }
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  static FailurePolicy policy(NodeKind kind) {
    if (kind instanceof Group group) {
      return group.policy();
    }
    return kind instanceof ForEach each ? each.policy() : FailurePolicy.WAIT_ALL;
  }

  private void finish(Instance instance, NodeKind kind) {
    if (instance.counts().waiting() > 0) {
      giveUp(instance);
    }
    NodeState state = state(instance, policy(kind));
    Optional<Cause> cause = state.isGood() ? Optional.empty() : instance.cause().or(instance::stop);
    draft.end(instance, state, state.isGood() ? output(instance, kind) : instance.output(), cause);
  }

  /** What was to run again and does not is cancelled, and a later retry finds it. */
  private void giveUp(Instance stopped) {
    Set<NodeState> waiting = Set.of(NodeState.WAITING);
    for (NodeKey key : draft.members(stopped.key(), waiting)) {
      Instance child = draft.get(key);
      draft.put(child.in(NodeState.CANCELLED).because(child.cause().or(stopped::stop)));
    }
  }

  /** The end of a node whose members have ended. A failure wins over a cancel. */
  static NodeState state(Instance instance, FailurePolicy policy) {
    Counts counts = instance.counts();
    if (!counts.anyBad() && counts.allStarted()) {
      return NodeState.SUCCEEDED;
    }
    if (policy == FailurePolicy.IGNORE) {
      return instance.stop().isPresent() ? NodeState.CANCELLED : NodeState.SUCCEEDED;
    }
    return counts.failed() > 0 ? NodeState.FAILED : NodeState.CANCELLED;
  }

  private Output output(Instance instance, NodeKind kind) {
    if (kind instanceof Group || kind instanceof ForEach) {
      return new Output.Gathered(instance.key());
    }
    int last = kind instanceof Choice ? instance.memory().branch() : instance.counts().size() - 1;
    return kind instanceof EventWait && instance.counts().size() == 0
        ? instance.output()
        : draft.get(draft.flow.child(instance.key(), last)).output();
  }
}
