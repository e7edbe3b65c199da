package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Placement;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.decision.WorkflowReader;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.WorkflowStatus;
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

/** Collects a decision: the stored workflow, overlaid by what has changed so far. */
final class DecisionBuilder {
  final CompiledWorkflow workflow;
  final WorkflowReader reader;
  final List<Action> actions = new ArrayList<>();

  /** Nodes to start. Queues instead of recursion, however many nodes there are. */
  final Deque<NodeKey> toStart = new ArrayDeque<>();

  /** Nodes that have ended, and whose parents do not know it yet. */
  final Deque<NodeKey> toComplete = new ArrayDeque<>();

  /** Nodes that have failed, and whose branches for failures are to start. */
  final Deque<NodeKey> toHandle = new ArrayDeque<>();

  WorkflowStatus status;

  private final Map<NodeKey, NodeInstance> changed = new LinkedHashMap<>();
  private final Set<NodeKey> removed = new LinkedHashSet<>();
  private final Map<NodeKey, Set<NodeKey>> changedBelow = new HashMap<>();
  private final Map<NodeKey, WaitingMembers> waiting = new HashMap<>();

  DecisionBuilder(CompiledWorkflow workflow, WorkflowStatus status, WorkflowReader reader) {
    this.workflow = workflow;
    this.status = status;
    this.reader = reader;
  }

  Optional<NodeInstance> find(NodeKey key) {
    NodeInstance own = changed.get(key);
    if (own != null) {
      return Optional.of(own);
    }
    return removed.contains(key) ? Optional.empty() : reader.instance(key);
  }

  NodeInstance get(NodeKey key) {
    return find(key)
        .orElseThrow(() -> new IllegalStateException("node " + key + " has not started"));
  }

  void put(NodeInstance instance) {
    changed.put(instance.key(), instance);
    removed.remove(instance.key());
    workflow
        .parent(instance.key())
        .ifPresent(
            above ->
                changedBelow
                    .computeIfAbsent(above, key -> new LinkedHashSet<>())
                    .add(instance.key()));
  }

  /** Leaves it open until what comes of the action is reported. */
  void open(NodeInstance instance, Action action) {
    put(instance);
    actions.add(action);
  }

  /** Ends it; the node above it follows later. */
  void end(NodeInstance instance, NodeState state, Output output, Optional<Cause> cause) {
    put(instance.in(state).with(output).because(cause));
    toComplete.add(instance.key());
  }

  /** Members only, in order of position. */
  List<NodeKey> members(NodeKey parent, Set<NodeState> states) {
    if (workflow.placement(parent).node().kind().children().isEmpty()) {
      return List.of();
    }
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
        .sorted(Comparator.comparingInt(workflow::position))
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
    for (NodeKey key : reader.children(parent, states, Integer.MAX_VALUE)) {
      if (!own.contains(key) && !removed.contains(key)) {
        all.add(key);
      }
    }
    for (NodeKey key : own) {
      if (changed.containsKey(key) && states.contains(changed.get(key).state())) {
        all.add(key);
      }
    }
    all.sort(Comparator.comparingInt(workflow::position));
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
    return workflow.placement(key).role();
  }

  /** The branch for failures of this copy. */
  Optional<NodeKey> handler(NodeKey key) {
    Placement at = workflow.placement(key);
    return at.node().onFailure().map(branch -> key.sibling(branch.id()));
  }

  /** The value of an output, of nodes that have ended in this decision too. */
  Object value(Output output) throws UnreadableOutputException {
    return reader.value(output, Collections.unmodifiableMap(changed));
  }

  Decision build() {
    return new Decision(
        status,
        Collections.unmodifiableMap(changed),
        Collections.unmodifiableSet(removed),
        List.copyOf(actions));
  }
}
