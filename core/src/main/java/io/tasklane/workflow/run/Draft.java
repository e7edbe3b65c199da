package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Placement;
import io.tasklane.workflow.compile.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A decision in the making: what is loaded, overlaid by what has changed so far. */
final class Draft {
  final CompiledWorkflow flow;
  final Loaded loaded;
  final List<Action> actions = new ArrayList<>();

  /**
   * Nodes to start, and nodes whose ends are to be followed; no recursion, however many there are.
   */
  final Deque<NodeKey> starts = new ArrayDeque<>();

  final Deque<NodeKey> ends = new ArrayDeque<>();

  /** Nodes that have failed, and whose branches for failures are to start. */
  final Deque<NodeKey> failed = new ArrayDeque<>();

  WorkflowStatus status;

  private final Map<NodeKey, Instance> changed = new LinkedHashMap<>();
  private final Set<NodeKey> removed = new LinkedHashSet<>();
  private final Map<NodeKey, Set<NodeKey>> changedBelow = new HashMap<>();
  private final Map<NodeKey, WaitingMembers> waiting = new HashMap<>();

  Draft(CompiledWorkflow flow, WorkflowStatus status, Loaded loaded) {
    this.flow = flow;
    this.status = status;
    this.loaded = loaded;
  }

  Optional<Instance> find(NodeKey key) {
    Instance own = changed.get(key);
    if (own != null) {
      return Optional.of(own);
    }
    return removed.contains(key) ? Optional.empty() : loaded.instance(key);
  }

  Instance get(NodeKey key) {
    return find(key)
        .orElseThrow(() -> new IllegalStateException("node " + key + " has not started"));
  }

  void put(Instance instance) {
    changed.put(instance.key(), instance);
    removed.remove(instance.key());
    flow.parent(instance.key())
        .ifPresent(
            above ->
                changedBelow
                    .computeIfAbsent(above, key -> new LinkedHashSet<>())
                    .add(instance.key()));
  }

  /** Ends it, and follows the end later. */
  void end(Instance instance, NodeState state, Output output, Optional<Cause> cause) {
    put(instance.in(state).with(output).because(cause));
    ends.add(instance.key());
  }

  /** Members only, in order of position. */
  List<NodeKey> members(NodeKey parent, Set<NodeState> states) {
    return below(parent, states).stream().filter(key -> role(key) == Role.MEMBER).toList();
  }

  /** Members that are to run again, in order of position, each only once. */
  List<NodeKey> takeWaiting(NodeKey parent, int limit) {
    return waiting.computeIfAbsent(parent, key -> new WaitingMembers(this, key)).take(limit);
  }

  /** Members that this decision has changed, in order of position. */
  List<NodeKey> changedMembers(NodeKey parent, Set<NodeState> states) {
    return changedBelow.getOrDefault(parent, Set.of()).stream()
        .filter(key -> changed.containsKey(key) && states.contains(changed.get(key).state()))
        .filter(key -> role(key) == Role.MEMBER)
        .sorted(Comparator.comparingInt(flow::position))
        .toList();
  }

  /** Whether this decision has changed or removed it. */
  boolean isChanged(NodeKey key) {
    return changed.containsKey(key) || removed.contains(key);
  }

  /** Members and the branch for failures, in order of position. */
  List<NodeKey> below(NodeKey parent, Set<NodeState> states) {
    Set<NodeKey> own = changedBelow.getOrDefault(parent, Set.of());
    List<NodeKey> all = new ArrayList<>();
    for (NodeKey key : loaded.children(parent, states, Integer.MAX_VALUE)) {
      if (!own.contains(key) && !removed.contains(key)) {
        all.add(key);
      }
    }
    for (NodeKey key : own) {
      if (changed.containsKey(key) && states.contains(changed.get(key).state())) {
        all.add(key);
      }
    }
    all.sort(Comparator.comparingInt(flow::position));
    return all;
  }

  /** Removes an instance and all below it. */
  void discard(NodeKey key) {
    if (find(key).isEmpty()) {
      return;
    }
    for (NodeKey child : below(key, Set.of(NodeState.values()))) {
      discard(child);
    }
    changed.remove(key);
    removed.add(key);
  }

  Role role(NodeKey key) {
    return flow.placement(key).role();
  }

  /** The branch for failures of this copy. */
  Optional<NodeKey> handler(NodeKey key) {
    Placement at = flow.placement(key);
    return at.node().onFailure().map(branch -> key.sibling(branch.id()));
  }

  Decision decision() {
    return new Decision(
        status,
        Collections.unmodifiableMap(changed),
        Collections.unmodifiableSet(removed),
        List.copyOf(actions));
  }
}
