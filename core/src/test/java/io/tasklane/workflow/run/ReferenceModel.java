package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.Timer;
import java.util.HashSet;
import java.util.Set;

/**
 * What a workflow does, said plainly and slowly: it keeps which nodes have begun and how leaves
 * ended, and works out everything else from the root anew, again and again, until nothing changes.
 */
final class ReferenceModel {
  final ReferenceState state;

  private final CompiledWorkflow workflow;
  private final Set<NodeKey> toRunAgain = new HashSet<>();
  private final Set<NodeKey> counted = new HashSet<>();
  private boolean paused;

  ReferenceModel(CompiledWorkflow workflow) {
    this.workflow = workflow;
    this.state = new ReferenceState(workflow);
    begin(workflow.root());
    settle();
  }

  void leafEnded(NodeKey key, ReferenceState.Is how) {
    state.ends.put(key, how);
    settle();
  }

  void cancel() {
    cancel(workflow.root());
    settle();
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    state.waitingForResume.clear();
    settle();
  }

  void retry(Set<NodeKey> wanted) {
    paused = false;
    Set<NodeKey> above = new HashSet<>();
    wanted.forEach(
        key -> {
          for (var up = workflow.parent(key); up.isPresent(); up = workflow.parent(up.get())) {
            above.add(up.get());
          }
        });
    takeBack(workflow.root(), wanted.isEmpty() || wanted.contains(workflow.root()), wanted, above);
    begin(workflow.root());
    settle();
  }

  private void takeBack(NodeKey key, boolean inside, Set<NodeKey> wanted, Set<NodeKey> above) {
    for (NodeKey child : state.childrenThatBegan(key)) {
      if (state.of(child).bad()) {
        boolean wants = inside || wanted.contains(child);
        if (wants || above.contains(child)) {
          takeBack(child, wants, wanted, above);
        }
      }
    }
    if (state.handler(key) != null) {
      forget(state.handler(key));
    }
    if (!(state.kind(key) instanceof EventWait)
        || state.ends.get(key) != ReferenceState.Is.SUCCEEDED) {
      state.ends.remove(key);
    }
    state.begun.remove(key);
    counted.remove(key);
    state.stopped.remove(key);
    state.cancelling.remove(key);
    toRunAgain.add(key);
  }

  private void forget(NodeKey key) {
    if (state.begun.remove(key) | toRunAgain.remove(key)) {
      state.ends.remove(key);
      counted.remove(key);
      state.stopped.remove(key);
      state.cancelling.remove(key);
      state.children(key).forEach(this::forget);
      if (state.handler(key) != null) {
        forget(state.handler(key));
      }
    }
  }

  private void begin(NodeKey key) {
    state.begun.add(key);
    toRunAgain.remove(key);
    if (paused) {
      state.waitingForResume.add(key);
    }
  }

  private void settle() {
    boolean more = true;
    while (more) {
      // what a bad end stops does not begin any more
      more = applyPolicies(workflow.root()) || expand(workflow.root());
    }
  }

  private boolean expand(NodeKey key) {
    if (!state.begun.contains(key)
        || state.waitingForResume.contains(key)
        || state.of(key) != ReferenceState.Is.OPEN) {
      return false;
    }
    NodeKey handler = state.handler(key);
    boolean changed = false;
    if (state.main(key) == ReferenceState.Is.FAILED && !state.begun.contains(handler)) {
      begin(handler);
      changed = true;
    }
    if (handler != null && state.begun.contains(handler)) {
      return expand(handler) || changed;
    }
    if (!state.stopped.contains(key) && !state.cancelling.contains(key)) {
      changed |= beginMembers(key);
    }
    for (NodeKey child : state.children(key)) {
      changed |= expand(child);
    }
    return changed;
  }

  private boolean beginMembers(NodeKey key) {
    NodeKind kind = state.kind(key);
    if (kind instanceof EventWait && state.ends.get(key) != ReferenceState.Is.SUCCEEDED) {
      return false;
    }
    int most = 1;
    if (kind instanceof Group group) {
      most = group.maximumParallel();
    } else if (kind instanceof ForEach each) {
      most = each.maximumParallel();
    }
    long open =
        state.children(key).stream()
            .filter(child -> state.of(child) == ReferenceState.Is.OPEN)
            .count();
    boolean changed = false;
    for (NodeKey child : state.children(key)) {
      if (kind instanceof Chain && state.of(child).bad()) {
        break;
      }
      if (!state.begun.contains(child) && (most == 0 || open < most)) {
        begin(child);
        open++;
        changed = true;
      }
    }
    return changed;
  }

  /** Bad state.ends of members of FAIL_FAST, and what never ran again in a node that has ended. */
  private boolean applyPolicies(NodeKey key) {
    if (!state.begun.contains(key) || state.waitingForResume.contains(key)) {
      return false;
    }
    for (NodeKey child : state.childrenThatBegan(key)) {
      if (applyPolicies(child)) {
        return true;
      }
    }
    if (state.handler(key) != null && applyPolicies(state.handler(key))) {
      return true;
    }
    for (NodeKey child : state.children(key)) {
      if (state.of(child).bad()
          && counted.add(child)
          && MemberScheduler.policy(state.kind(key)) == FailurePolicy.FAIL_FAST
          && !state.stopped.contains(key)
          && !state.cancelling.contains(key)) {
        state.stopped.add(key);
        state.childrenThatBegan(key).forEach(this::cancel);
        return true;
      }
    }
    if (state.main(key).bad() && (state.stopped.contains(key) || state.cancelling.contains(key))) {
      for (NodeKey child : state.children(key)) {
        if (toRunAgain.remove(child)) {
          state.begun.add(child);
          state.ends.put(child, ReferenceState.Is.CANCELLED);
          counted.add(child);
          return true;
        }
      }
    }
    return false;
  }

  private void cancel(NodeKey key) {
    if (state.of(key) != ReferenceState.Is.OPEN) {
      return;
    }
    NodeKind kind = state.kind(key);
    if (state.waitingForResume.remove(key)) {
      state.ends.put(key, ReferenceState.Is.CANCELLED);
      return;
    }
    if ((kind instanceof EventWait || kind instanceof Timer) && !state.ends.containsKey(key)) {
      state.ends.put(key, ReferenceState.Is.CANCELLED);
      return;
    }
    state.cancelling.add(key);
    NodeKey handler = state.handler(key);
    if (handler != null && state.begun.contains(handler)) {
      cancel(handler);
    } else {
      state.childrenThatBegan(key).forEach(this::cancel);
    }
  }
}
