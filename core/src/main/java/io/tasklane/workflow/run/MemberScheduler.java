package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.util.Optional;
import java.util.Set;

/** Starts the members of a node whose turn it is, and ends the node after the last of them. */
final class MemberScheduler {
  private final DecisionBuilder decision;

  MemberScheduler(DecisionBuilder decision) {
    this.decision = decision;
  }

  /** Whether it goes on with its members, instead of starting anew. */
  static boolean hasMembers(NodeKind kind, NodeInstance instance) {
    return !kind.children().isEmpty() && instance.counts().size() > 0;
  }

  void advance(NodeKey key) {
    NodeInstance instance = decision.get(key);
    NodeKind kind = decision.workflow.placement(key).node().kind();
    MemberCounts counts = instance.counts();
    boolean goesOn = instance.stop().isEmpty() && !(kind instanceof Chain && counts.anyBad());
    if (goesOn) {
      counts = started(key, kind, instance);
      decision.put(instance.with(counts));
    }
    if (counts.open() == 0 && (counts.allStarted() || !goesOn)) {
      finish(decision.get(key), kind);
    }
  }

  private MemberCounts started(NodeKey key, NodeKind kind, NodeInstance instance) {
    MemberCounts counts = instance.counts();
    int most = maximumParallel(kind);
    if (counts.waiting() > 0 && counts.open() < most) {
      int free = most - counts.open();
      for (NodeKey child : decision.takeWaiting(key, free)) {
        decision.toStart.add(child);
        counts = counts.waitingStarted();
      }
    }
    while (counts.next() < counts.size() && counts.open() < most) {
      int position = kind instanceof Choice ? instance.variables().branch() : counts.next();
      decision.toStart.add(decision.workflow.child(key, position));
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

  private void finish(NodeInstance instance, NodeKind kind) {
    if (instance.counts().waiting() > 0) {
      giveUp(instance);
    }
    NodeState state = state(instance, policy(kind));
    Optional<Cause> cause = state.isGood() ? Optional.empty() : instance.cause().or(instance::stop);
    decision.end(
        instance, state, state.isGood() ? output(instance, kind) : instance.output(), cause);
  }

  /** What was to run again and does not is cancelled, and a later retry finds it. */
  private void giveUp(NodeInstance stopped) {
    Set<NodeState> waiting = Set.of(NodeState.WAITING);
    for (NodeKey key : decision.members(stopped.key(), waiting)) {
      NodeInstance child = decision.get(key);
      decision.put(child.in(NodeState.CANCELLED).because(child.cause().or(stopped::stop)));
    }
  }

  /** The end of a node whose members have ended. A failure wins over a cancel. */
  static NodeState state(NodeInstance instance, FailurePolicy policy) {
    MemberCounts counts = instance.counts();
    if (!counts.anyBad() && counts.allStarted()) {
      return NodeState.SUCCEEDED;
    }
    if (policy == FailurePolicy.IGNORE) {
      return instance.stop().isPresent() ? NodeState.CANCELLED : NodeState.SUCCEEDED;
    }
    return counts.failed() > 0 ? NodeState.FAILED : NodeState.CANCELLED;
  }

  private Output output(NodeInstance instance, NodeKind kind) {
    if (kind instanceof Group || kind instanceof ForEach) {
      return new Output.Gathered(instance.key());
    }
    int last =
        kind instanceof Choice ? instance.variables().branch() : instance.counts().size() - 1;
    return kind instanceof EventWait && instance.counts().size() == 0
        ? instance.output()
        : decision.get(decision.workflow.child(instance.key(), last)).output();
  }
}
