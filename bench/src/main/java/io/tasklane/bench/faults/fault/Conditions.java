package io.tasklane.bench.faults.fault;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Which nodes can work, as far as the harness itself has to do with it. */
final class Conditions {
  private enum Condition {
    FIT,
    DISABLED,
    BOOTING
  }

  private final Condition[] nodes;
  private final IntPredicate ready;

  /**
   * All are fit.
   *
   * @param size how many nodes
   * @param ready whether a node answers just now
   */
  Conditions(int size, IntPredicate ready) {
    nodes = new Condition[size];
    Arrays.fill(nodes, Condition.FIT);
    this.ready = ready;
  }

  /**
   * Whether this may be done to this node: it can work, another one can, and only one node starts
   * at a time. A single node has nobody beside it, and that is excused.
   */
  synchronized boolean allow(FaultKind kind, int node) {
    if (nodes[node] != Condition.FIT) {
      return false;
    }
    if (kind == FaultKind.KILL_NODE && Arrays.asList(nodes).contains(Condition.BOOTING)) {
      return false;
    }
    return nodes.length == 1 || isAnotherFit(node);
  }

  private boolean isAnotherFit(int node) {
    for (int other = 0; other < nodes.length; other++) {
      if (other != node && nodes[other] == Condition.FIT && ready.test(other)) {
        return true;
      }
    }
    return false;
  }

  synchronized void begin(FaultKind kind, int node) {
    nodes[node] = kind == FaultKind.KILL_NODE ? Condition.BOOTING : Condition.DISABLED;
  }

  synchronized void fit(int node) {
    nodes[node] = Condition.FIT;
  }

  synchronized boolean allFit() {
    return Arrays.stream(nodes).allMatch(condition -> condition == Condition.FIT);
  }
}
