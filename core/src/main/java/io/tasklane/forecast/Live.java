package io.tasklane.forecast;

import java.util.ArrayList;
import java.util.List;

/** A node in one round: when it began and ended, and what decided that. */
final class Live {
  final ForecastNode node;
  final Live parent;
  final List<Live> members = new ArrayList<>();

  /** The member of the same group whose end made room for this one. */
  Live releasedBy;

  /** The task of the workflow that had the slot before, where this one waited for it. */
  Live slotFrom;

  double begin;
  double runBegin;
  double runTime;
  double end = Double.NaN;
  double slack;
  int open;

  Live(ForecastNode node, Live parent) {
    this.node = node;
    this.parent = parent;
  }

  String nodeId() {
    return node.nodeId();
  }

  boolean isLeaf() {
    return node instanceof ForecastNode.Work
        || node instanceof ForecastNode.Pause
        || node instanceof ForecastNode.Drain;
  }

  /** How long it did not run; 0 of a node with members, which waits only as they do. */
  double waited() {
    return isLeaf() ? Math.max(0, end - begin - runTime) : 0;
  }

  /** How long it ran; of a node with members, from its begin to its end. */
  double ran() {
    return isLeaf() ? runTime : end - begin;
  }
}
