package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where each node is, worked out anew from which nodes have begun and how leaves have ended. */
final class ReferenceState {
  /** Where a node is. */
  enum Is {
    NOT_BEGUN,
    OPEN,
    SUCCEEDED,
    SKIPPED,
    FAILED,
    CANCELLED;

    boolean good() {
      return this == SUCCEEDED || this == SKIPPED;
    }

    boolean bad() {
      return this == FAILED || this == CANCELLED;
    }
  }

  final Set<NodeKey> begun = new HashSet<>();
  final Set<NodeKey> waitingForResume = new HashSet<>();
  final Map<NodeKey, Is> ends = new HashMap<>();

  /** Nodes of which no more members begin, because of one of them. */
  final Set<NodeKey> stopped = new HashSet<>();

  /** Nodes that are being cancelled. */
  final Set<NodeKey> cancelling = new HashSet<>();

  private final CompiledWorkflow workflow;

  ReferenceState(CompiledWorkflow workflow) {
    this.workflow = workflow;
  }

  Is of(NodeKey key) {
    if (!begun.contains(key)) {
      return Is.NOT_BEGUN;
    }
    if (waitingForResume.contains(key)) {
      return Is.OPEN;
    }
    Is main = main(key);
    NodeKey handler = handler(key);
    if (main != Is.FAILED
        || handler == null
        || !begun.contains(handler) && cancelling.contains(key)) {
      return main;
    }
    Is branch = of(handler);
    return branch == Is.NOT_BEGUN ? Is.OPEN : branch.good() ? Is.SUCCEEDED : branch;
  }

  Is main(NodeKey key) {
    Is end = ends.get(key);
    NodeKind kind = kind(key);
    if (kind.children().isEmpty() || end != null && end != Is.SUCCEEDED) {
      return end == null ? Is.OPEN : end;
    }
    if (kind instanceof EventWait && end == null) {
      return Is.OPEN;
    }
    if (kind instanceof Choice choice && branch(choice) < 0) {
      return Is.SUCCEEDED;
    }
    return kind instanceof Chain ? chain(key) : together(key);
  }

  private Is chain(NodeKey key) {
    for (NodeKey child : children(key)) {
      Is is = of(child);
      if (is.bad() || is == Is.OPEN) {
        return is;
      }
      if (is == Is.NOT_BEGUN) {
        return cancelling.contains(key) ? Is.CANCELLED : Is.OPEN;
      }
    }
    return Is.SUCCEEDED;
  }

  private Is together(NodeKey key) {
    List<Is> all = children(key).stream().map(this::of).toList();
    boolean stop = stopped.contains(key) || cancelling.contains(key);
    if (all.contains(Is.OPEN) || all.contains(Is.NOT_BEGUN) && !stop) {
      return Is.OPEN;
    }
    if (all.stream().allMatch(Is::good)) {
      return Is.SUCCEEDED;
    }
    if (MemberScheduler.policy(kind(key)) == FailurePolicy.IGNORE) {
      return stop ? Is.CANCELLED : Is.SUCCEEDED;
    }
    return all.contains(Is.FAILED) ? Is.FAILED : Is.CANCELLED;
  }

  /** Task-like leaves, timers and waits that are open. */
  Set<NodeKey> openLeaves() {
    Set<NodeKey> open = new HashSet<>();
    for (NodeKey key : begun) {
      NodeKind kind = kind(key);
      boolean leaf = kind.children().isEmpty() || kind instanceof EventWait;
      if (leaf && !ends.containsKey(key) && !waitingForResume.contains(key) && isReached(key)) {
        open.add(key);
      }
    }
    return open;
  }

  private boolean isReached(NodeKey key) {
    return workflow.parent(key).map(up -> begun.contains(up) && isReached(up)).orElse(true);
  }

  boolean isCancelling(NodeKey key) {
    return cancelling.contains(key);
  }

  List<NodeKey> childrenThatBegan(NodeKey key) {
    return children(key).stream().filter(begun::contains).toList();
  }

  List<NodeKey> children(NodeKey key) {
    NodeKind kind = kind(key);
    List<NodeKey> all = new ArrayList<>();
    if (kind instanceof Choice choice) {
      if (branch(choice) >= 0) {
        all.add(workflow.child(key, branch(choice)));
      }
      return all;
    }
    int size = kind.children().size();
    if (kind instanceof ForEach each) {
      String items = each.items();
      size = each.copies(items.equals("[]") ? 0 : items.split(",").length);
    }
    for (int i = 0; i < size; i++) {
      all.add(workflow.child(key, i));
    }
    return all;
  }

  /** The position of the branch; -1 if none is taken. */
  private static int branch(Choice choice) {
    if (choice.condition().equals("true")) {
      return 0;
    }
    return choice.otherwise().isPresent() ? 1 : -1;
  }

  NodeKey handler(NodeKey key) {
    return workflow.placement(key).node().onFailure().map(Node::id).map(key::sibling).orElse(null);
  }

  NodeKind kind(NodeKey key) {
    return workflow.placement(key).node().kind();
  }
}
