package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.fact.Fact;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.decision.WorkflowReader;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.WorkflowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Keeps a workflow in memory, applies events to it, and says what came of them. */
final class WorkflowTester implements WorkflowReader {
  static final Actor ALICE = new Actor("user:alice", "no longer wanted");

  final CompiledWorkflow compiled;
  WorkflowStatus status = WorkflowStatus.NEW;
  List<Action> actions = List.of();
  final Map<NodeKey, NodeInstance> instances = new HashMap<>();
  final Map<NodeKey, Object> results = new HashMap<>();
  final Map<String, Object> facts = new HashMap<>();
  Object inputs = Map.of();
  Instant now = Instant.parse("2026-11-30T14:30:00Z");
  int lookups;
  int touched;

  private final Map<NodeKey, TreeMap<String, NodeKey>> below = new HashMap<>();

  WorkflowTester(WorkflowDefinition definition) {
    try {
      compiled = WorkflowCompiler.compile(definition);
    } catch (InvalidDefinitionException invalid) {
      throw new AssertionError(invalid.getMessage(), invalid);
    }
  }

  static WorkflowTester of(Node root) {
    return new WorkflowTester(WorkflowDefinition.of(root));
  }

  static WorkflowTester begun(Node root) {
    return of(root).begin();
  }

  WorkflowTester inputs(Map<String, Object> values) {
    inputs = values;
    return this;
  }

  WorkflowTester begin() {
    return apply(new WorkflowEvent.WorkflowStarted());
  }

  WorkflowTester apply(WorkflowEvent event) {
    try {
      return ask(event);
    } catch (RefusedException refused) {
      throw new AssertionError(refused.getMessage(), refused);
    }
  }

  WorkflowTester ask(WorkflowEvent event) throws RefusedException {
    lookups = 0;
    Decision decision = WorkflowRules.decide(compiled, status, this, event);
    touched = decision.changed().size();
    status = decision.status();
    actions = decision.actions();
    decision.removed().forEach(this::remove);
    decision.changed().values().forEach(this::write);
    return this;
  }

  private void remove(NodeKey key) {
    instances.remove(key);
    compiled.parent(key).ifPresent(up -> below.get(up).values().remove(key));
  }

  private void write(NodeInstance instance) {
    instances.put(instance.key(), instance);
    compiled
        .parent(instance.key())
        .ifPresent(
            up ->
                below
                    .computeIfAbsent(up, k -> new TreeMap<>())
                    .put(place(instance.key()), instance.key()));
  }

  private String place(NodeKey key) {
    return String.format("%08d", compiled.position(key)) + key.nodeId();
  }

  // what happens to leaves

  WorkflowTester give(String id, Object result, int... index) {
    NodeKey key = key(id, index);
    results.put(key, result);
    return leaf(key, NodeState.SUCCEEDED, Optional.empty());
  }

  WorkflowTester succeed(String... ids) {
    Arrays.stream(ids).forEach(id -> give(id, id + "!"));
    return this;
  }

  WorkflowTester fail(String id, int... index) {
    return leaf(key(id, index), NodeState.FAILED, Optional.of(Cause.permanent("BROKEN", id)));
  }

  WorkflowTester cancelTask(String id, int... index) {
    return leaf(key(id, index), NodeState.CANCELLED, Optional.of(Cause.cancelled(ALICE)));
  }

  WorkflowTester leaf(NodeKey key, NodeState state, Optional<Cause> cause) {
    return apply(new WorkflowEvent.NodeCompleted(key, run(key), state, cause));
  }

  WorkflowTester timer(String id) {
    return apply(new WorkflowEvent.TimerFired(key(id), run(key(id))));
  }

  WorkflowTester event(String id, Object event) {
    return apply(new WorkflowEvent.EventReceived(key(id), run(key(id)), event));
  }

  WorkflowTester cancel() {
    return apply(new WorkflowEvent.CancelRequested(ALICE));
  }

  WorkflowTester retry(NodeKey... nodes) {
    return apply(new WorkflowEvent.RetryRequested(Set.of(nodes)));
  }

  int run(NodeKey key) {
    return instances.get(key).run();
  }

  // what it came to

  WorkflowTester is(String id, NodeState state, int... index) {
    assertThat(state(id, index)).as(id).isEqualTo(state);
    return this;
  }

  /** Empty if it has not started; that it is SKIPPED then follows from the end of the workflow. */
  NodeState state(String id, int... index) {
    return Optional.ofNullable(instances.get(key(id, index))).map(NodeInstance::state).orElse(null);
  }

  WorkflowTester notStarted(String... ids) {
    for (String id : ids) {
      assertThat(instances.keySet()).as(id).noneMatch(key -> key.nodeId().equals(id));
    }
    return this;
  }

  WorkflowTester ends(WorkflowStatus.State state) {
    assertThat(status.state()).as("workflow, %s", status.cause()).isEqualTo(state);
    return this;
  }

  Object output(String id, int... index) {
    return value(instances.get(key(id, index)).output());
  }

  Cause cause(String id, int... index) {
    return instances.get(key(id, index)).cause().orElseThrow();
  }

  /** Nodes whose tasks the last decision started. */
  List<String> started() {
    return actions.stream()
        .filter(Action.StartTask.class::isInstance)
        .map(action -> ((Action.StartTask) action).key().toString())
        .toList();
  }

  /** Nodes whose tasks the last decision cancelled. */
  List<String> cancels() {
    return actions.stream()
        .filter(Action.Cancel.class::isInstance)
        .map(action -> ((Action.Cancel) action).key().toString())
        .toList();
  }

  TaskStart start(String id, int... index) {
    return actions.stream()
        .filter(Action.StartTask.class::isInstance)
        .map(Action.StartTask.class::cast)
        .filter(action -> action.key().equals(key(id, index)))
        .findFirst()
        .orElseThrow()
        .task();
  }

  static NodeKey key(String id, int... index) {
    return new NodeKey(id, Arrays.stream(index).boxed().toList());
  }

  static Cause failure(Failure.Kind kind, String code) {
    return new Cause(kind, code, "", Optional.empty());
  }

  // what a decision asks

  @Override
  public Optional<NodeInstance> instance(NodeKey key) {
    lookups++;
    return Optional.ofNullable(instances.get(key));
  }

  @Override
  public List<NodeKey> children(NodeKey parent, Set<NodeState> states, int limit) {
    List<NodeKey> found = new ArrayList<>();
    for (NodeKey key : below.getOrDefault(parent, new TreeMap<>()).values()) {
      if (states.contains(instances.get(key).state()) && found.size() < limit) {
        lookups++;
        found.add(key);
      }
    }
    return found;
  }

  @Override
  public List<NodeKey> paused() {
    return instances.values().stream()
        .filter(instance -> instance.state() == NodeState.PAUSED)
        .map(NodeInstance::key)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  @Override
  public Object inputs() {
    return inputs;
  }

  @Override
  public Optional<Fact> fact(String name) {
    return Optional.ofNullable(facts.get(name)).map(value -> Fact.of(name, value));
  }

  /** The value of an output after the last decision. */
  Object value(Output output) {
    return value(output, Map.of());
  }

  @Override
  public Object value(Output output, Map<NodeKey, NodeInstance> changed) {
    if (output instanceof Output.Value value) {
      return value.json();
    }
    if (output instanceof Output.Result result) {
      return results.get(result.key());
    }
    NodeKey whole = ((Output.Gathered) output).key();
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < instances.get(whole).counts().size(); i++) {
      NodeKey key = compiled.child(whole, i);
      NodeInstance member = changed.getOrDefault(key, instances.get(key));
      all.add(
          member != null && member.state() == NodeState.SUCCEEDED
              ? value(member.output(), changed)
              : null);
    }
    return all;
  }

  @Override
  public Instant now() {
    return now;
  }

  WorkflowTester later(Duration by) {
    now = now.plus(by);
    return this;
  }
}
