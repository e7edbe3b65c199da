package io.tasklane.workflow.run;

import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes that run a queue: first it is counted what they take, then how each of these tasks ends.
 */
final class QueueRuns {
  private final DecisionBuilder decision;

  QueueRuns(DecisionBuilder decision) {
    this.decision = decision;
  }

  /** Takes the queue; after an earlier run, those of its tasks that did not succeed. */
  void start(NodeInstance instance, QueueRun run, Optional<NodeInstance> earlier) {
    MemberCounts before = earlier.map(NodeInstance::counts).orElse(MemberCounts.NONE);
    decision
        .workflow
        .holds()
        .endsWith(run.queue())
        .filter(id -> id.equals(instance.key().nodeId()))
        .ifPresent(id -> decision.actions.add(new Action.ReleaseQueue(run.queue())));
    decision.open(
        instance.with(MemberCounts.of(before.size())),
        new Action.TakeQueue(instance.key(), instance.run(), run.queue(), before.size() > 0));
  }

  void taken(NodeInstance node, int count) {
    int size = node.counts().size() == 0 ? count : node.counts().size();
    NodeInstance counted = node.with(new MemberCounts(size, size, 0, count, 0, 0));
    decision.put(counted);
    if (count == 0) {
      end(counted, FailurePolicy.WAIT_ALL);
    } else if (node.stop().isPresent()) {
      decision.actions.add(new Action.Cancel(node.key(), node.run(), node.stop().get()));
    }
  }

  void taskCompleted(NodeInstance node, WorkflowEvent.QueueTaskCompleted task) {
    FailurePolicy policy =
        ((QueueRun) decision.workflow.placement(node.key()).node().kind()).policy();
    NodeInstance counted = node.with(node.counts().ended(task.state()));
    if (task.state().isBad()) {
      counted = counted.becauseOfMember(task.cause());
      if (policy == FailurePolicy.FAIL_FAST && counted.stop().isEmpty()) {
        Cause cause = task.cause().orElseThrow();
        counted = counted.stopping(cause, false);
        decision.actions.add(new Action.Cancel(node.key(), node.run(), cause));
      }
    }
    decision.put(counted);
    if (counted.counts().open() == 0) {
      end(counted, policy);
    }
  }

  private void end(NodeInstance node, FailurePolicy policy) {
    MemberCounts counts = node.counts();
    NodeState state = MemberScheduler.state(node, policy);
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("total", counts.size());
    output.put("succeeded", counts.size() - counts.failed() - counts.cancelled());
    output.put("failed", counts.failed());
    output.put("cancelled", counts.cancelled());
    decision.end(
        node,
        state,
        new Output.Value(output),
        state.isGood() ? Optional.empty() : node.cause().or(node::stop));
  }
}
