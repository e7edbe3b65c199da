package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.definition.FailurePolicy;
import java.util.Optional;

/** Follows the end of a node upwards, one step at a time. */
final class Ends {
  private final Draft draft;
  private final Scope scope;
  private final Members members;
  private final Stops stops;

  Ends(Draft draft, Scope scope, Members members, Stops stops) {
    this.draft = draft;
    this.scope = scope;
    this.members = members;
    this.stops = stops;
  }

  void follow(NodeKey key) {
    Instance ended = draft.get(key);
    if (ended.state() == NodeState.FAILED
        && ended.phase() == Phase.MAIN
        && draft.handler(key).isPresent()
        && !isStopped(ended)) {
      draft.put(ended.in(NodeState.RUNNING).in(Phase.HANDLING));
      draft.failed.add(key);
      return;
    }
    Optional<NodeKey> parent = draft.flow.parent(key);
    if (parent.isEmpty()) {
      endWorkflow(ended);
    } else if (draft.role(key) == Role.HANDLER) {
      handled(draft.get(parent.get()).in(Phase.HANDLED), ended);
    } else {
      tell(draft.get(parent.get()), ended);
    }
  }

  /** Starts the branch for failures of a node, unless the node has been stopped meanwhile. */
  void handle(NodeKey key) {
    Instance owner = draft.get(key);
    if (isStopped(owner)) {
      draft.end(owner.in(Phase.MAIN), NodeState.FAILED, owner.output(), owner.cause());
    } else {
      draft.starts.add(draft.handler(key).orElseThrow());
    }
  }

  /** What stops a node does not look at members that ended in the same decision. */
  private boolean isStopped(Instance ended) {
    Optional<Instance> above = draft.flow.parent(ended.key()).map(draft::get);
    return ended.stoppedFromAbove()
        || above
            .filter(
                up ->
                    draft.role(ended.key()) == Role.MEMBER
                        ? up.stop().isPresent()
                        : up.stoppedFromAbove())
            .isPresent();
  }

  private void handled(Instance owner, Instance branch) {
    boolean good = branch.state().isGood();
    draft.end(
        owner,
        good ? NodeState.SUCCEEDED : branch.state(),
        good ? branch.output() : owner.output(),
        good ? Optional.empty() : branch.cause());
  }

  private void tell(Instance parent, Instance ended) {
    FailurePolicy policy = Members.policy(draft.flow.placement(parent.key()).node().kind());
    Instance counted = parent.with(parent.counts().ended(ended.state()));
    if (ended.state().isBad()) {
      counted = counted.becauseOfMember(ended.cause());
    }
    draft.put(counted);
    if (ended.state().isBad() && policy == FailurePolicy.FAIL_FAST && parent.stop().isEmpty()) {
      stops.stopMembers(parent.key(), ended.cause().orElseThrow());
    }
    members.advance(parent.key());
  }

  private void endWorkflow(Instance root) {
    Optional<Cause> stop = draft.status.stop();
    if (stop.isPresent() && !stop.get().isCancel()) {
      draft.status = draft.status.ended(WorkflowStatus.State.FAILED, stop, Output.NONE);
    } else if (root.state().isGood()) {
      succeed(root);
    } else {
      boolean failed = root.state() == NodeState.FAILED;
      draft.status =
          draft.status.ended(
              failed ? WorkflowStatus.State.FAILED : WorkflowStatus.State.CANCELLED,
              root.cause(),
              Output.NONE);
    }
  }

  private void succeed(Instance root) {
    Optional<Expression> expression = draft.flow.result();
    try {
      Output result =
          expression.isPresent()
              ? new Output.Value(
                  scope.value(expression.get(), "result_expression", root.key(), Optional.empty()))
              : root.output();
      draft.status = draft.status.ended(WorkflowStatus.State.SUCCEEDED, Optional.empty(), result);
    } catch (Scope.FaultException fault) {
      draft.status =
          draft.status.ended(WorkflowStatus.State.FAILED, Optional.of(fault.cause()), Output.NONE);
    }
  }
}
