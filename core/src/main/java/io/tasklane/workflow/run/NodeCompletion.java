package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.Phase;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Optional;

/** Passes the end of a node on to the one above it, one step at a time. */
final class NodeCompletion {
  private final DecisionBuilder decision;
  private final ExpressionContext context;
  private final MemberScheduler scheduler;
  private final NodeCancellation cancellation;

  NodeCompletion(
      DecisionBuilder decision,
      ExpressionContext context,
      MemberScheduler scheduler,
      NodeCancellation cancellation) {
    this.decision = decision;
    this.context = context;
    this.scheduler = scheduler;
    this.cancellation = cancellation;
  }

  /** A node has ended: its branch for failures starts, or the node above it goes on. */
  void complete(NodeKey key) {
    NodeInstance ended = decision.get(key);
    if (ended.state() == NodeState.FAILED
        && ended.phase() == Phase.MAIN
        && decision.handler(key).isPresent()
        && !isStopped(ended)) {
      decision.put(ended.in(NodeState.RUNNING).in(Phase.HANDLING));
      decision.toHandle.add(key);
      return;
    }
    Optional<NodeKey> parent = decision.workflow.parent(key);
    if (parent.isEmpty()) {
      endWorkflow(ended);
    } else if (decision.role(key) == Role.HANDLER) {
      failureBranchCompleted(decision.get(parent.get()).in(Phase.HANDLED), ended);
    } else {
      memberCompleted(decision.get(parent.get()), ended);
    }
  }

  /** Starts the branch for failures of a node, unless the node has been stopped meanwhile. */
  void startFailureBranch(NodeKey key) {
    NodeInstance owner = decision.get(key);
    if (isStopped(owner)) {
      decision.end(owner.in(Phase.MAIN), NodeState.FAILED, owner.output(), owner.cause());
    } else {
      decision.toStart.add(decision.handler(key).orElseThrow());
    }
  }

  /** What stops a node does not look at members that ended in the same decision. */
  private boolean isStopped(NodeInstance ended) {
    Optional<NodeInstance> above = decision.workflow.parent(ended.key()).map(decision::get);
    return ended.stoppedFromAbove()
        || above
            .filter(
                up ->
                    decision.role(ended.key()) == Role.MEMBER
                        ? up.stop().isPresent()
                        : up.stoppedFromAbove())
            .isPresent();
  }

  private void failureBranchCompleted(NodeInstance owner, NodeInstance branch) {
    boolean good = branch.state().isGood();
    decision.end(
        owner,
        good ? NodeState.SUCCEEDED : branch.state(),
        good ? branch.output() : owner.output(),
        good ? Optional.empty() : branch.cause());
  }

  private void memberCompleted(NodeInstance parent, NodeInstance ended) {
    FailurePolicy policy =
        MemberScheduler.policy(decision.workflow.placement(parent.key()).node().kind());
    NodeInstance counted = parent.with(parent.counts().ended(ended.state()));
    if (ended.state().isBad()) {
      counted = counted.becauseOfMember(ended.cause());
    }
    decision.put(counted);
    if (ended.state().isBad() && policy == FailurePolicy.FAIL_FAST && parent.stop().isEmpty()) {
      cancellation.cancelMembers(parent.key(), ended.cause().orElseThrow());
    }
    scheduler.advance(parent.key());
  }

  private void endWorkflow(NodeInstance root) {
    Optional<Cause> stop = decision.status.stop();
    if (stop.isPresent() && !stop.get().isCancel()) {
      decision.status = decision.status.ended(WorkflowStatus.State.FAILED, stop, Output.NONE);
    } else if (root.state().isGood()) {
      succeed(root);
    } else {
      boolean failed = root.state() == NodeState.FAILED;
      decision.status =
          decision.status.ended(
              failed ? WorkflowStatus.State.FAILED : WorkflowStatus.State.CANCELLED,
              root.cause(),
              Output.NONE);
    }
  }

  private void succeed(NodeInstance root) {
    Optional<Expression> expression = decision.workflow.result();
    try {
      Output result =
          expression.isPresent()
              ? new Output.Value(
                  context.value(
                      expression.get(), "result_expression", root.key(), Optional.empty()))
              : root.output();
      decision.status =
          decision.status.ended(WorkflowStatus.State.SUCCEEDED, Optional.empty(), result);
    } catch (ExpressionContext.FaultException fault) {
      decision.status =
          decision.status.ended(
              WorkflowStatus.State.FAILED, Optional.of(fault.cause()), Output.NONE);
    }
  }
}
