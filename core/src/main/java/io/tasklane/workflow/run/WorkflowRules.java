package io.tasklane.workflow.run;

import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.decision.WorkflowReader;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Optional;

/** Decides what follows from an event in a workflow. */
public final class WorkflowRules {
  private final DecisionBuilder decision;
  private final NodeActivation activation;
  private final NodeCompletion completion;
  private final EventWaits waits;
  private final QueueRuns queueRuns;
  private final Approvals approvals;
  private final WorkflowRequests requests;

  private WorkflowRules(DecisionBuilder decision) {
    this.decision = decision;
    ExpressionContext context = new ExpressionContext(decision);
    MemberScheduler scheduler = new MemberScheduler(decision);
    NodeCancellation cancellation = new NodeCancellation(decision);
    this.waits = new EventWaits(decision, context, scheduler);
    this.queueRuns = new QueueRuns(decision);
    this.approvals = new Approvals(decision, waits);
    this.requests = new WorkflowRequests(decision, cancellation);
    this.activation = new NodeActivation(decision, context, scheduler, waits, queueRuns);
    this.completion = new NodeCompletion(decision, context, scheduler, cancellation);
  }

  /**
   * What follows. The same stored workflow and the same event give the same decision. What concerns
   * a node that has ended since, or another run of it, changes nothing.
   *
   * @param status as it is stored; {@link WorkflowStatus#NEW} for one that starts
   * @throws RefusedException if somebody asks for what the workflow is in no state to do
   */
  public static Decision decide(
      CompiledWorkflow workflow, WorkflowStatus status, WorkflowReader reader, WorkflowEvent event)
      throws RefusedException {
    DecisionBuilder decision = new DecisionBuilder(workflow, status, reader);
    WorkflowRules rules = new WorkflowRules(decision);
    rules.apply(event);
    rules.propagate();
    return decision.build();
  }

  /**
   * All that can start starts before the next end is passed on, so that the order is one. Branches
   * for failures come last: another member that failed at once may have stopped their nodes.
   */
  private void propagate() {
    while (true) {
      if (!decision.toStart.isEmpty()) {
        activation.start(decision.toStart.remove());
      } else if (!decision.toComplete.isEmpty()) {
        completion.complete(decision.toComplete.remove());
      } else if (!decision.toHandle.isEmpty()) {
        completion.startFailureBranch(decision.toHandle.remove());
      } else {
        return;
      }
    }
  }

  private void apply(WorkflowEvent event) throws RefusedException {
    if (event instanceof WorkflowEvent.OfNode ofNode) {
      Optional<NodeInstance> instance = decision.find(ofNode.key());
      if (instance.filter(found -> found.run() == ofNode.run() && found.isOpen()).isPresent()) {
        applyTo(instance.get(), ofNode);
      }
    } else if (event instanceof WorkflowEvent.WorkflowStarted) {
      start();
    } else if (event instanceof WorkflowEvent.ApprovalDecided decided) {
      requests.requireOpen();
      approvals.decide(decided);
    } else {
      requests.apply(event);
    }
  }

  private void start() {
    if (!decision.workflow.holds().queues().isEmpty()) {
      decision.actions.add(new Action.HoldQueues(decision.workflow.holds().queues()));
    }
    decision.toStart.add(decision.workflow.root());
  }

  private void applyTo(NodeInstance node, WorkflowEvent.OfNode event) {
    if (event instanceof WorkflowEvent.NodeCompleted completed) {
      decision.end(node, completed.state(), new Output.Result(node.key()), completed.cause());
    } else if (event instanceof WorkflowEvent.QueueTaken taken) {
      queueRuns.taken(node, taken.count());
    } else if (event instanceof WorkflowEvent.QueueTaskCompleted completed) {
      queueRuns.taskCompleted(node, completed);
    } else if (event instanceof WorkflowEvent.TimerFired) {
      timerFired(node);
    } else if (event instanceof WorkflowEvent.EventReceived received) {
      waits.received(node, received.event());
    }
  }

  private void timerFired(NodeInstance node) {
    if (!(decision.workflow.placement(node.key()).node().kind() instanceof EventWait wait)) {
      decision.end(node, NodeState.SUCCEEDED, Output.NONE, Optional.empty());
    } else if (EventWaits.isWaiting(node)) {
      waits.timedOut(node, wait);
    }
  }
}
