package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Slot;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.run.RefusedException.Reason;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what follows from something that happened in a workflow. */
public final class WorkflowRules {
  private final Draft draft;
  private final Scope scope;
  private final Members members;
  private final Stops stops;
  private final Ends ends;
  private final NodeStarts starts;

  private WorkflowRules(Draft draft) {
    this.draft = draft;
    this.scope = new Scope(draft);
    this.members = new Members(draft);
    this.stops = new Stops(draft);
    this.ends = new Ends(draft, scope, members, stops);
    this.starts = new NodeStarts(draft, scope, members);
  }

  /**
   * What follows. The same states and the same happening give the same decision. What concerns a
   * node that has ended since, or another run of it, changes nothing.
   *
   * @throws RefusedException if somebody asks for what the workflow is in no state to do
   */
  public static Decision decide(
      CompiledWorkflow flow, WorkflowStatus status, Loaded loaded, Happening happening)
      throws RefusedException {
    Draft draft = new Draft(flow, status, loaded);
    WorkflowRules rules = new WorkflowRules(draft);
    rules.apply(happening);
    rules.settle();
    return draft.decision();
  }

  /**
   * All that can start starts before the next end is followed, so that the order is one. Branches
   * for failures come last: another member that failed at once may have stopped their nodes.
   */
  private void settle() {
    while (true) {
      if (!draft.starts.isEmpty()) {
        starts.start(draft.starts.remove());
      } else if (!draft.ends.isEmpty()) {
        ends.follow(draft.ends.remove());
      } else if (!draft.failed.isEmpty()) {
        ends.handle(draft.failed.remove());
      } else {
        return;
      }
    }
  }

  private void apply(Happening happening) throws RefusedException {
    if (happening instanceof Happening.OfNode ofNode) {
      Optional<Instance> instance = draft.find(ofNode.key());
      if (instance.filter(found -> found.run() == ofNode.run() && isOpen(found)).isPresent()) {
        applyTo(instance.get(), ofNode);
      }
    } else if (happening instanceof Happening.Begin) {
      begin();
    } else {
      request(happening);
    }
  }

  private static boolean isOpen(Instance instance) {
    return instance.state() == NodeState.RUNNING && instance.phase() == Phase.MAIN;
  }

  private void begin() {
    if (!draft.flow.holds().queues().isEmpty()) {
      draft.actions.add(new Action.HoldQueues(draft.flow.holds().queues()));
    }
    draft.starts.add(draft.flow.root());
  }

  private void applyTo(Instance node, Happening.OfNode happening) {
    if (happening instanceof Happening.LeafEnded ended) {
      draft.end(node, ended.state(), new Output.Result(node.key()), ended.cause());
    } else if (happening instanceof Happening.QueueTaken taken) {
      taken(node, taken.count());
    } else if (happening instanceof Happening.QueueTaskEnded ended) {
      queueTaskEnded(node, ended);
    } else if (happening instanceof Happening.TimerDue) {
      timerDue(node);
    } else if (happening instanceof Happening.EventArrived arrived) {
      arrived(node, arrived.event());
    }
  }

  private void taken(Instance node, int count) {
    int size = node.counts().size() == 0 ? count : node.counts().size();
    Instance counted = node.with(new Counts(size, size, 0, count, 0, 0));
    draft.put(counted);
    if (count == 0) {
      endQueueRun(counted, FailurePolicy.WAIT_ALL);
    } else if (node.stop().isPresent()) {
      draft.actions.add(new Action.Cancel(node.key(), node.run(), node.stop().get()));
    }
  }

  private void queueTaskEnded(Instance node, Happening.QueueTaskEnded ended) {
    FailurePolicy policy = ((QueueRun) draft.flow.placement(node.key()).node().kind()).policy();
    Instance counted = node.with(node.counts().ended(ended.state()));
    if (ended.state().isBad()) {
      counted = counted.becauseOfMember(ended.cause());
      if (policy == FailurePolicy.FAIL_FAST && counted.stop().isEmpty()) {
        Cause cause = ended.cause().orElseThrow();
        counted = counted.stopping(cause, false);
        draft.actions.add(new Action.Cancel(node.key(), node.run(), cause));
      }
    }
    draft.put(counted);
    if (counted.counts().open() == 0) {
      endQueueRun(counted, policy);
    }
  }

  private void endQueueRun(Instance node, FailurePolicy policy) {
    Counts counts = node.counts();
    NodeState state = Members.state(node, policy);
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("taken", counts.size());
    output.put("succeeded", counts.size() - counts.failed() - counts.cancelled());
    output.put("failed", counts.failed());
    output.put("cancelled", counts.cancelled());
    draft.end(
        node,
        state,
        new Output.Value(output),
        state.isGood() ? Optional.empty() : node.cause().or(node::stop));
  }

  private void timerDue(Instance node) {
    if (!(draft.flow.placement(node.key()).node().kind() instanceof EventWait wait)) {
      draft.end(node, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
    } else if (node.counts().size() == 0) {
      timedOut(node, wait);
    }
  }

  private void timedOut(Instance node, EventWait wait) {
    switch (wait.onTimeout()) {
      case FAIL ->
          draft.end(
              node,
              NodeState.FAILED,
              Output.NONE,
              Optional.of(
                  Cause.timeout(
                      "WAIT_TIMEOUT",
                      wait.approvals() > 0
                          ? "nobody decided in time"
                          : "no event of the type " + wait.eventType() + " came in time")));
      case SKIP -> draft.end(node, NodeState.SKIPPED, Output.NONE, Optional.empty());
      case CONTINUE -> goOn(node, wait, Output.NONE);
      default -> throw new IllegalStateException("no such rule");
    }
  }

  private void arrived(Instance node, Object event) {
    if (node.counts().size() > 0
        || !(draft.flow.placement(node.key()).node().kind() instanceof EventWait wait)
        || wait.approvals() > 0) {
      return;
    }
    Optional<Expression> condition = draft.flow.expression(node.key().nodeId(), Slot.EVENT);
    try {
      if (condition.isEmpty() || (Boolean) scope.eventValue(node.key(), condition.get(), event)) {
        goOn(node, wait, new Output.Value(event));
      }
    } catch (Scope.FaultException fault) {
      draft.end(node, NodeState.FAILED, Output.NONE, Optional.of(fault.cause()));
    }
  }

  private void goOn(Instance node, EventWait wait, Output output) {
    if (wait.then().isEmpty()) {
      draft.end(node, NodeState.SUCCEEDED, output, Optional.empty());
    } else {
      draft.put(node.with(output).with(Counts.of(1)));
      members.advance(node.key());
    }
  }

  private void request(Happening happening) throws RefusedException {
    if (happening instanceof Happening.RetryRequested retry) {
      retry(retry.nodes());
      return;
    }
    if (draft.status.state().isEnded()) {
      throw new RefusedException(Reason.WORKFLOW_ENDED, "the workflow has ended");
    }
    if (happening instanceof Happening.Decided decided) {
      decide(decided);
    } else if (happening instanceof Happening.Pause) {
      draft.status = draft.status.paused(true);
    } else if (happening instanceof Happening.Resume) {
      draft.status = draft.status.paused(false);
      draft.starts.addAll(draft.loaded.held());
    } else if (happening instanceof Happening.CancelRequested cancel) {
      stop(Cause.cancelled(cancel.actor()));
    } else {
      stop(Cause.timeout("WORKFLOW_TIMEOUT", "the workflow has reached its time limit"));
    }
  }

  /** A second cause changes nothing: the first one has stopped it. */
  private void stop(Cause cause) {
    if (draft.status.stop().isEmpty()) {
      draft.status = draft.status.stopping(cause);
      stops.stop(draft.flow.root(), cause);
    }
  }

  private void retry(Set<NodeKey> nodes) throws RefusedException {
    if (!draft.status.state().isEnded()) {
      throw new RefusedException(Reason.WORKFLOW_NOT_ENDED, "the workflow has not ended");
    }
    if (draft.status.state() == WorkflowStatus.State.SUCCEEDED) {
      throw new RefusedException(Reason.NOTHING_TO_RETRY, "the workflow has succeeded");
    }
    new Retries(draft, nodes).run();
  }

  private void decide(Happening.Decided decided) throws RefusedException {
    Optional<Instance> waiting =
        draft.flow.contains(decided.key().nodeId())
            ? draft.find(decided.key()).filter(this::isOpenApproval)
            : Optional.empty();
    if (waiting.isEmpty()) {
      throw new RefusedException(
          Reason.NODE_NOT_WAITING, "node " + decided.key() + " does not wait for a decision");
    }
    Instance node = waiting.get();
    if (!decided.approved()) {
      draft.end(node, NodeState.FAILED, Output.NONE, Optional.of(Cause.rejected(decided.actor())));
      return;
    }
    Set<String> approvers = new HashSet<>(node.memory().approvers());
    if (!approvers.add(decided.actor().principal())) {
      throw new RefusedException(
          Reason.ALREADY_APPROVED, decided.actor().principal() + " has approved already");
    }
    EventWait wait = (EventWait) draft.flow.placement(node.key()).node().kind();
    Instance approved = node.with(Memory.ofApprovers(approvers));
    draft.put(approved);
    if (approvers.size() >= wait.approvals()) {
      goOn(
          approved,
          wait,
          new Output.Value(Map.of("approvers", approvers.stream().sorted().toList())));
    }
  }

  private boolean isOpenApproval(Instance instance) {
    return isOpen(instance)
        && instance.counts().size() == 0
        && draft.flow.placement(instance.key()).node().kind() instanceof EventWait wait
        && wait.approvals() > 0;
  }
}
