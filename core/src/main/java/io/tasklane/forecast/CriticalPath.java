package io.tasklane.forecast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The nodes that decided when a round ended. */
final class CriticalPath {
  private final List<String> nodeIds = new ArrayList<>();

  private CriticalPath() {}

  /** Ids of the leaves of the longest path, in their order; one that repeats stands once. */
  static List<String> of(Live root) {
    CriticalPath path = new CriticalPath();
    path.add(root);
    return path.nodeIds;
  }

  private void add(Live live) {
    if (live.isLeaf()) {
      if (nodeIds.isEmpty() || !nodeIds.get(nodeIds.size() - 1).equals(live.nodeId())) {
        nodeIds.add(live.nodeId());
      }
    } else if (live.node instanceof ForecastNode.SideBySide) {
      lastAndWhatReleasedIt(live).forEach(this::add);
    } else {
      live.members.forEach(this::add);
    }
  }

  private static Deque<Live> lastAndWhatReleasedIt(Live group) {
    Deque<Live> path = new ArrayDeque<>();
    Live last = null;
    for (Live member : group.members) {
      last = last == null || member.end > last.end ? member : last;
    }
    while (last != null) {
      path.addFirst(last);
      last = last.releasedBy;
    }
    return path;
  }
}
