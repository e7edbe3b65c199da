package io.tasklane.workflow.run;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.util.Optional;

/** Nodes that wait for an event or for approvals, up to a time limit. */
final class EventWaits {
  private final DecisionBuilder decision;
  private final ExpressionContext context;
  private final MemberScheduler scheduler;

  EventWaits(DecisionBuilder decision, ExpressionContext context, MemberScheduler scheduler) {
    this.decision = decision;
    this.context = context;
    this.scheduler = scheduler;
  }

  void start(NodeInstance instance, EventWait wait) {
    decision.open(instance, new Action.AwaitEvent(instance.key(), instance.run(), wait));
    wait.timeout()
        .ifPresent(
            length ->
                decision.actions.add(
                    new Action.SetTimer(
                        instance.key(), instance.run(), decision.reader.now().plus(length))));
  }

  /** Whether it still waits, and the node after it has not begun. */
  static boolean isWaiting(NodeInstance node) {
    return node.isOpen() && node.counts().size() == 0;
  }

  void timedOut(NodeInstance node, EventWait wait) {
    switch (wait.onTimeout()) {
      case FAIL -> decision.end(node, NodeState.FAILED, Output.NONE, Optional.of(timeout(wait)));
      case SKIP -> decision.end(node, NodeState.SKIPPED, Output.NONE, Optional.empty());
      case CONTINUE -> goOn(node, wait, Output.NONE);
      default -> throw new IllegalStateException("no such rule");
    }
  }

  private static Cause timeout(EventWait wait) {
    return Cause.timeout(
        "WAIT_TIMEOUT",
        wait.approvals() > 0
            ? "nobody decided in time"
            : "no event of the type " + wait.eventType() + " came in time");
  }

  void received(NodeInstance node, Object event) {
    if (!isWaiting(node)
        || !(decision.workflow.placement(node.key()).node().kind() instanceof EventWait wait)
        || wait.approvals() > 0) {
      return;
    }
    Optional<Expression> condition =
        decision.workflow.expression(node.key().nodeId(), ExpressionField.EVENT);
    try {
      if (condition.isEmpty() || (Boolean) context.eventValue(node.key(), condition.get(), event)) {
        goOn(node, wait, new Output.Value(event));
      }
    } catch (ExpressionContext.FaultException fault) {
      decision.end(node, NodeState.FAILED, Output.NONE, Optional.of(fault.cause()));
    }
  }

  /** The wait is over: the node after it starts, or the wait ends with what it waited for. */
  void goOn(NodeInstance node, EventWait wait, Output output) {
    if (wait.then().isEmpty()) {
      decision.end(node, NodeState.SUCCEEDED, output, Optional.empty());
    } else {
      decision.put(node.with(output).with(MemberCounts.of(1)));
      scheduler.advance(node.key());
    }
  }
}
