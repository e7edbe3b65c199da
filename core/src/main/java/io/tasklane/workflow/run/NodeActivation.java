package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.compile.WorkflowLimits;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.NodeVariables;
import io.tasklane.workflow.state.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts nodes, each kind in its way. */
final class NodeActivation {
  private final DecisionBuilder decision;
  private final ExpressionContext context;
  private final MemberScheduler scheduler;
  private final EventWaits waits;
  private final QueueRuns queueRuns;

  NodeActivation(
      DecisionBuilder decision,
      ExpressionContext context,
      MemberScheduler scheduler,
      EventWaits waits,
      QueueRuns queueRuns) {
    this.decision = decision;
    this.context = context;
    this.scheduler = scheduler;
    this.waits = waits;
    this.queueRuns = queueRuns;
  }

  /** Starts it, goes on with it after a retry, or leaves it for when the workflow is resumed. */
  void start(NodeKey key) {
    Optional<NodeInstance> earlier = decision.find(key);
    if (decision.status.paused()) {
      decision.put(
          earlier
              .map(found -> found.in(NodeState.PAUSED))
              .orElse(NodeInstance.fresh(key, NodeState.PAUSED, 0)));
      return;
    }
    NodeKind kind = decision.workflow.placement(key).node().kind();
    if (earlier.isPresent() && MemberScheduler.hasMembers(kind, earlier.get())) {
      decision.put(earlier.get().in(NodeState.RUNNING));
      scheduler.advance(key);
      return;
    }
    int run = decision.status.run();
    try {
      fresh(NodeInstance.fresh(key, NodeState.RUNNING, run), kind, earlier);
    } catch (ExpressionContext.FaultException fault) {
      decision.end(
          NodeInstance.fresh(key, NodeState.RUNNING, run),
          NodeState.FAILED,
          Output.NONE,
          Optional.of(fault.cause()));
    }
  }

  private void fresh(NodeInstance instance, NodeKind kind, Optional<NodeInstance> earlier)
      throws ExpressionContext.FaultException {
    if (kind instanceof TaskNode task) {
      TaskStart start = new TaskStarts(decision, context).of(instance.key(), task);
      decision.open(instance, new Action.StartTask(instance.key(), instance.run(), start));
    } else if (kind instanceof Choice choice) {
      choose(instance, choice);
    } else if (kind instanceof ForEach each) {
      copy(instance, each);
    } else if (kind instanceof EventWait wait) {
      waits.start(instance, wait);
    } else if (kind instanceof Timer timer) {
      time(instance, timer);
    } else if (kind instanceof QueueRun run) {
      queueRuns.start(instance, run, earlier);
    } else if (kind instanceof SubWorkflow sub) {
      nest(instance, sub);
    } else {
      decision.put(instance.with(MemberCounts.of(kind.children().size())));
      scheduler.advance(instance.key());
    }
  }

  private void choose(NodeInstance instance, Choice choice)
      throws ExpressionContext.FaultException {
    boolean holds = (Boolean) context.value(instance.key(), ExpressionField.CONDITION);
    if (!holds && choice.otherwise().isEmpty()) {
      decision.end(instance, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
      return;
    }
    decision.put(instance.with(NodeVariables.ofBranch(holds ? 0 : 1)).with(MemberCounts.of(1)));
    scheduler.advance(instance.key());
  }

  private void copy(NodeInstance instance, ForEach each) throws ExpressionContext.FaultException {
    List<Object> items =
        new ArrayList<>((List<?>) context.value(instance.key(), ExpressionField.ITEMS));
    int copies = each.copies(items.size());
    if (copies > WorkflowLimits.MAX_COPIES) {
      throw new ExpressionContext.FaultException(
          "TOO_MANY_COPIES",
          copies + " copies are not allowed: " + WorkflowLimits.MAX_COPIES + " are");
    }
    if (copies == 0) {
      decision.end(instance, NodeState.SUCCEEDED, new Output.Value(List.of()), Optional.empty());
      return;
    }
    decision.put(instance.with(NodeVariables.ofItems(items)).with(MemberCounts.of(copies)));
    scheduler.advance(instance.key());
  }

  private void time(NodeInstance instance, Timer timer) throws ExpressionContext.FaultException {
    Instant now = decision.reader.now();
    Instant due =
        timer.duration().isPresent()
            ? now.plus(timer.duration().get())
            : Instant.parse((String) context.value(instance.key(), ExpressionField.UNTIL));
    if (due.isAfter(now)) {
      decision.open(instance, new Action.SetTimer(instance.key(), instance.run(), due));
    } else {
      decision.end(instance, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
    }
  }

  private void nest(NodeInstance instance, SubWorkflow sub)
      throws ExpressionContext.FaultException {
    Map<String, Object> inputs = new TreeMap<>();
    for (Map.Entry<ExpressionField, Expression> each :
        decision.workflow.expressions(instance.key().nodeId()).entrySet()) {
      inputs.put(each.getKey().key(), context.value(instance.key(), each.getKey()));
    }
    decision.open(
        instance,
        new Action.StartWorkflow(
            instance.key(), instance.run(), sub.template(), sub.version(), inputs));
  }
}
