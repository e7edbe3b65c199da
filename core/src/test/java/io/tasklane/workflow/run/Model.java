package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a workflow does, said plainly and slowly: it keeps which nodes have begun and how leaves
 * ended, and works out everything else from the root anew, again and again, until nothing changes.
 */
final class Model {
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

  private final CompiledWorkflow flow;
  private final Set<NodeKey> begun = new HashSet<>();
  private final Set<NodeKey> held = new HashSet<>();
  private final Map<NodeKey, Is> ends = new HashMap<>();
  private final Set<NodeKey> stopped = new HashSet<>();
  private final Set<NodeKey> condemned = new HashSet<>();
  private final Set<NodeKey> toRunAgain = new HashSet<>();
  private final Set<NodeKey> noticed = new HashSet<>();
  private boolean paused;

  Model(CompiledWorkflow flow) {
    this.flow = flow;
    begin(flow.root());
    settle();
  }

  Is of(NodeKey key) {
    if (!begun.contains(key)) {
      return Is.NOT_BEGUN;
    }
    if (held.contains(key)) {
      return Is.OPEN;
    }
    Is main = main(key);
    NodeKey handler = handler(key);
    if (main != Is.FAILED
        || handler == null
        || !begun.contains(handler) && condemned.contains(key)) {
      return main;
    }
    Is branch = of(handler);
    return branch == Is.NOT_BEGUN ? Is.OPEN : branch.good() ? Is.SUCCEEDED : branch;
  }

  private Is main(NodeKey key) {
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
        return condemned.contains(key) ? Is.CANCELLED : Is.OPEN;
      }
    }
    return Is.SUCCEEDED;
  }

  private Is together(NodeKey key) {
    List<Is> all = children(key).stream().map(this::of).toList();
    boolean stop = stopped.contains(key) || condemned.contains(key);
    if (all.contains(Is.OPEN) || all.contains(Is.NOT_BEGUN) && !stop) {
      return Is.OPEN;
    }
    if (all.stream().allMatch(Is::good)) {
      return Is.SUCCEEDED;
    }
    if (Members.policy(kind(key)) == FailurePolicy.IGNORE) {
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
      if (leaf && !ends.containsKey(key) && !held.contains(key) && isReached(key)) {
        open.add(key);
      }
    }
    return open;
  }

  private boolean isReached(NodeKey key) {
    return flow.parent(key).map(up -> begun.contains(up) && isReached(up)).orElse(true);
  }

  boolean isCondemned(NodeKey key) {
    return condemned.contains(key);
  }

  void leafEnded(NodeKey key, Is how) {
    ends.put(key, how);
    settle();
  }

  void cancel() {
    condemn(flow.root());
    settle();
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    held.clear();
    settle();
  }

  void retry(Set<NodeKey> wanted) {
    paused = false;
    Set<NodeKey> above = new HashSet<>();
    wanted.forEach(
        key -> {
          for (var up = flow.parent(key); up.isPresent(); up = flow.parent(up.get())) {
            above.add(up.get());
          }
        });
    takeBack(flow.root(), wanted.isEmpty() || wanted.contains(flow.root()), wanted, above);
    begin(flow.root());
    settle();
  }

  private void takeBack(NodeKey key, boolean inside, Set<NodeKey> wanted, Set<NodeKey> above) {
    for (NodeKey child : childrenThatBegan(key)) {
      if (of(child).bad()) {
        boolean wants = inside || wanted.contains(child);
        if (wants || above.contains(child)) {
          takeBack(child, wants, wanted, above);
        }
      }
    }
    if (handler(key) != null) {
      forget(handler(key));
    }
    if (!(kind(key) instanceof EventWait) || ends.get(key) != Is.SUCCEEDED) {
      ends.remove(key);
    }
    begun.remove(key);
    noticed.remove(key);
    stopped.remove(key);
    condemned.remove(key);
    toRunAgain.add(key);
  }

  private void forget(NodeKey key) {
    if (begun.remove(key) | toRunAgain.remove(key)) {
      ends.remove(key);
      noticed.remove(key);
      stopped.remove(key);
      condemned.remove(key);
      children(key).forEach(this::forget);
      if (handler(key) != null) {
        forget(handler(key));
      }
    }
  }

  private void begin(NodeKey key) {
    begun.add(key);
    toRunAgain.remove(key);
    if (paused) {
      held.add(key);
    }
  }

  private void settle() {
    boolean more = true;
    while (more) {
      // what a bad end stops does not begin any more
      more = notice(flow.root()) || expand(flow.root());
    }
  }

  private boolean expand(NodeKey key) {
    if (!begun.contains(key) || held.contains(key) || of(key) != Is.OPEN) {
      return false;
    }
    NodeKey handler = handler(key);
    boolean changed = false;
    if (main(key) == Is.FAILED && !begun.contains(handler)) {
      begin(handler);
      changed = true;
    }
    if (handler != null && begun.contains(handler)) {
      return expand(handler) || changed;
    }
    if (!stopped.contains(key) && !condemned.contains(key)) {
      changed |= beginMembers(key);
    }
    for (NodeKey child : children(key)) {
      changed |= expand(child);
    }
    return changed;
  }

  private boolean beginMembers(NodeKey key) {
    NodeKind kind = kind(key);
    if (kind instanceof EventWait && ends.get(key) != Is.SUCCEEDED) {
      return false;
    }
    int most = 1;
    if (kind instanceof Group group) {
      most = group.maximumParallel();
    } else if (kind instanceof ForEach each) {
      most = each.maximumParallel();
    }
    long open = children(key).stream().filter(child -> of(child) == Is.OPEN).count();
    boolean changed = false;
    for (NodeKey child : children(key)) {
      if (kind instanceof Chain && of(child).bad()) {
        break;
      }
      if (!begun.contains(child) && (most == 0 || open < most)) {
        begin(child);
        open++;
        changed = true;
      }
    }
    return changed;
  }

  /** Bad ends of members of FAIL_FAST, and what never ran again in a node that has ended. */
  private boolean notice(NodeKey key) {
    if (!begun.contains(key) || held.contains(key)) {
      return false;
    }
    for (NodeKey child : childrenThatBegan(key)) {
      if (notice(child)) {
        return true;
      }
    }
    if (handler(key) != null && notice(handler(key))) {
      return true;
    }
    for (NodeKey child : children(key)) {
      if (of(child).bad()
          && noticed.add(child)
          && Members.policy(kind(key)) == FailurePolicy.FAIL_FAST
          && !stopped.contains(key)
          && !condemned.contains(key)) {
        stopped.add(key);
        childrenThatBegan(key).forEach(this::condemn);
        return true;
      }
    }
    if (main(key).bad() && (stopped.contains(key) || condemned.contains(key))) {
      for (NodeKey child : children(key)) {
        if (toRunAgain.remove(child)) {
          begun.add(child);
          ends.put(child, Is.CANCELLED);
          noticed.add(child);
          return true;
        }
      }
    }
    return false;
  }

  private void condemn(NodeKey key) {
    if (of(key) != Is.OPEN) {
      return;
    }
    NodeKind kind = kind(key);
    if (held.remove(key)) {
      ends.put(key, Is.CANCELLED);
      return;
    }
    if ((kind instanceof EventWait || kind instanceof Timer) && !ends.containsKey(key)) {
      ends.put(key, Is.CANCELLED);
      return;
    }
    condemned.add(key);
    NodeKey handler = handler(key);
    if (handler != null && begun.contains(handler)) {
      condemn(handler);
    } else {
      childrenThatBegan(key).forEach(this::condemn);
    }
  }

  private List<NodeKey> childrenThatBegan(NodeKey key) {
    return children(key).stream().filter(begun::contains).toList();
  }

  private List<NodeKey> children(NodeKey key) {
    NodeKind kind = kind(key);
    List<NodeKey> all = new ArrayList<>();
    if (kind instanceof Choice choice) {
      if (branch(choice) >= 0) {
        all.add(flow.child(key, branch(choice)));
      }
      return all;
    }
    int size = kind.children().size();
    if (kind instanceof ForEach each) {
      String items = each.items();
      size = each.copies(items.equals("[]") ? 0 : items.split(",").length);
    }
    for (int i = 0; i < size; i++) {
      all.add(flow.child(key, i));
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

  private NodeKey handler(NodeKey key) {
    return flow.placement(key).node().onFailure().map(Node::id).map(key::sibling).orElse(null);
  }

  private NodeKind kind(NodeKey key) {
    return flow.placement(key).node().kind();
  }
}
