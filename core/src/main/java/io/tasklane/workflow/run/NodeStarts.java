package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Slot;
import io.tasklane.workflow.compile.WorkflowLimits;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts nodes. */
final class NodeStarts {
  private final Draft draft;
  private final Scope scope;
  private final Members members;

  NodeStarts(Draft draft, Scope scope, Members members) {
    this.draft = draft;
    this.scope = scope;
    this.members = members;
  }

  /** Starts it, goes on with it after a retry, or holds it. */
  void start(NodeKey key) {
    Optional<Instance> earlier = draft.find(key);
    if (draft.status.paused()) {
      draft.put(
          earlier
              .map(found -> found.in(NodeState.HELD))
              .orElse(Instance.fresh(key, NodeState.HELD, 0)));
      return;
    }
    NodeKind kind = draft.flow.placement(key).node().kind();
    if (earlier.isPresent() && Members.hasMembers(kind, earlier.get())) {
      draft.put(earlier.get().in(NodeState.RUNNING));
      members.advance(key);
      return;
    }
    int run = draft.status.run();
    try {
      fresh(Instance.fresh(key, NodeState.RUNNING, run), kind, earlier);
    } catch (Scope.FaultException fault) {
      draft.end(
          Instance.fresh(key, NodeState.RUNNING, run),
          NodeState.FAILED,
          Output.NONE,
          Optional.of(fault.cause()));
    }
  }

  private void fresh(Instance instance, NodeKind kind, Optional<Instance> earlier)
      throws Scope.FaultException {
    if (kind instanceof TaskNode task) {
      TaskStart start = new TaskStarts(draft, scope).of(instance.key(), task);
      open(instance, new Action.StartTask(instance.key(), instance.run(), start));
    } else if (kind instanceof Choice choice) {
      choose(instance, choice);
    } else if (kind instanceof ForEach each) {
      copy(instance, each);
    } else if (kind instanceof EventWait wait) {
      await(instance, wait);
    } else if (kind instanceof Timer timer) {
      time(instance, timer);
    } else if (kind instanceof QueueRun run) {
      take(instance, run, earlier);
    } else if (kind instanceof SubWorkflow sub) {
      nest(instance, sub);
    } else {
      draft.put(instance.with(Counts.of(kind.children().size())));
      members.advance(instance.key());
    }
  }

  private void open(Instance instance, Action action) {
    draft.put(instance);
    draft.actions.add(action);
  }

  private void choose(Instance instance, Choice choice) throws Scope.FaultException {
    boolean holds = (Boolean) scope.value(instance.key(), Slot.CONDITION);
    if (!holds && choice.otherwise().isEmpty()) {
      draft.end(instance, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
      return;
    }
    draft.put(instance.with(Memory.ofBranch(holds ? 0 : 1)).with(Counts.of(1)));
    members.advance(instance.key());
  }

  private void copy(Instance instance, ForEach each) throws Scope.FaultException {
    List<Object> items = new ArrayList<>((List<?>) scope.value(instance.key(), Slot.ITEMS));
    int copies = each.copies(items.size());
    if (copies > WorkflowLimits.MAX_COPIES) {
      throw new Scope.FaultException(
          "TOO_MANY_COPIES",
          copies + " copies are not allowed: " + WorkflowLimits.MAX_COPIES + " are");
    }
    if (copies == 0) {
      draft.end(instance, NodeState.SUCCEEDED, new Output.Value(List.of()), Optional.empty());
      return;
    }
    draft.put(instance.with(Memory.ofItems(items)).with(Counts.of(copies)));
    members.advance(instance.key());
  }

  private void await(Instance instance, EventWait wait) {
    open(instance, new Action.AwaitEvent(instance.key(), instance.run(), wait));
    wait.timeout()
        .ifPresent(
            length ->
                draft.actions.add(
                    new Action.SetTimer(
                        instance.key(), instance.run(), draft.loaded.now().plus(length))));
  }

  private void time(Instance instance, Timer timer) throws Scope.FaultException {
    Instant now = draft.loaded.now();
    Instant due =
        timer.duration().isPresent()
            ? now.plus(timer.duration().get())
            : Instant.parse((String) scope.value(instance.key(), Slot.UNTIL));
    if (due.isAfter(now)) {
      open(instance, new Action.SetTimer(instance.key(), instance.run(), due));
    } else {
      draft.end(instance, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
    }
  }

  private void take(Instance instance, QueueRun run, Optional<Instance> earlier) {
    Counts before = earlier.map(Instance::counts).orElse(Counts.NONE);
    draft
        .flow
        .holds()
        .endsWith(run.queue())
        .filter(id -> id.equals(instance.key().nodeId()))
        .ifPresent(id -> draft.actions.add(new Action.ReleaseQueue(run.queue())));
    open(
        instance.with(Counts.of(before.size())),
        new Action.TakeQueue(instance.key(), instance.run(), run.queue(), before.size() > 0));
  }

  private void nest(Instance instance, SubWorkflow sub) throws Scope.FaultException {
    Map<String, Object> inputs = new TreeMap<>();
    for (Map.Entry<Slot, Expression> each :
        draft.flow.expressions(instance.key().nodeId()).entrySet()) {
      inputs.put(each.getKey().key(), scope.value(instance.key(), each.getKey()));
    }
    open(
        instance,
        new Action.StartWorkflow(
            instance.key(), instance.run(), sub.template(), sub.version(), inputs));
  }
}
