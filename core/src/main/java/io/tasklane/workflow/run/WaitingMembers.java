package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.state.NodeState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The members of one node that are to run again, in order of position. Each is given out once, so
 * that starting all of them, one after the other, costs in proportion to their number. During a
 * decision nothing is added: a retry prepares all members before the first of them starts.
 */
final class WaitingMembers {
  private static final Set<NodeState> WAITING = Set.of(NodeState.WAITING);
  private static final int FIRST_PAGE = 16;

  private final DecisionBuilder decision;
  private final NodeKey parent;
  private final Deque<NodeKey> changed;
  private final Deque<NodeKey> stored = new ArrayDeque<>();
  private int read;
  private int page = FIRST_PAGE;
  private boolean readAll;

  WaitingMembers(DecisionBuilder decision, NodeKey parent) {
    this.decision = decision;
    this.parent = parent;
    this.changed = new ArrayDeque<>(decision.changedMembers(parent, WAITING));
  }

  /** The next ones, at most so many. */
  List<NodeKey> take(int limit) {
    List<NodeKey> taken = new ArrayList<>();
    while (taken.size() < limit) {
      readMore();
      if (stored.isEmpty() && changed.isEmpty()) {
        return taken;
      }
      taken.add(isStoredFirst() ? stored.remove() : changed.remove());
    }
    return taken;
  }

  private boolean isStoredFirst() {
    if (stored.isEmpty() || changed.isEmpty()) {
      return changed.isEmpty();
    }
    return decision.workflow.position(stored.element())
        < decision.workflow.position(changed.element());
  }

  /** Pages double, and each begins at the first member: at most twice as much is read as needed. */
  private void readMore() {
    while (stored.isEmpty() && !readAll) {
      List<NodeKey> keys = decision.reader.children(parent, WAITING, page);
      for (NodeKey key : keys.subList(read, keys.size())) {
        if (!decision.isChanged(key) && decision.role(key) == Role.MEMBER) {
          stored.add(key);
        }
      }
      readAll = keys.size() < page;
      read = keys.size();
      page = 2 * page;
    }
  }
}
