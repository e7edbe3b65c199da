package io.tasklane.workflow.compile;

import io.tasklane.event.EventTypePattern;
import io.tasklane.naming.Identifier;
import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the values of a node by themselves. */
final class NodeChecks {
  private static final Pattern INPUT_KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,63}");

  private final Placement at;
  private final List<DefinitionFault> faults = new ArrayList<>();

  private NodeChecks(Placement at) {
    this.at = at;
  }

  static List<DefinitionFault> of(Placement at) {
    NodeChecks checks = new NodeChecks(at);
    checks.require(
        Identifier.isValid(at.id()),
        "node_id",
        "\"" + at.id() + "\" is not allowed: the id is " + Identifier.ALLOWED);
    checks.kind(at.node().kind());
    return checks.faults;
  }

  private void kind(NodeKind kind) {
    if (kind instanceof Chain chain) {
      notEmpty("chain.nodes", chain.nodes());
    } else if (kind instanceof Group group) {
      notEmpty("group.nodes", group.nodes());
      parallel("group.maximum_parallel", group.maximumParallel());
    } else if (kind instanceof ForEach each) {
      parallel("for_each.maximum_parallel", each.maximumParallel());
      require(
          each.batchSize() >= 1 && each.batchSize() <= WorkflowLimits.MAX_COPIES,
          "for_each.batch_size",
          each.batchSize() + " is not allowed: 1 to " + WorkflowLimits.MAX_COPIES + " are");
    } else if (kind instanceof EventWait wait) {
      wait(wait);
    } else if (kind instanceof Timer timer) {
      timer(timer);
    } else if (kind instanceof TaskNode task) {
      task(task);
    }
  }

  private void notEmpty(String field, List<Node> nodes) {
    require(!nodes.isEmpty(), field, "it is empty: at least one node is needed");
  }

  private void parallel(String field, int maximum) {
    require(maximum >= 0, field, maximum + " is not allowed: 0 (all at once) or more is");
  }

  private void wait(EventWait wait) {
    require(
        wait.approvals() >= 0 && wait.approvals() <= WorkflowLimits.MAX_APPROVALS,
        "event_wait.approvals",
        wait.approvals() + " is not allowed: 0 to " + WorkflowLimits.MAX_APPROVALS + " are");
    boolean approval = wait.approvals() > 0;
    require(
        approval ? wait.eventType().isEmpty() : new EventTypePattern(wait.eventType()).isValid(),
        "event_wait.event_type",
        approval
            ? "an approval is decided by DecideNode alone: it has no event type"
            : "\"" + wait.eventType() + "\" is not allowed: " + EventTypePattern.ALLOWED);
    require(
        !approval || wait.condition().isEmpty(),
        "event_wait.condition",
        "an approval is decided by DecideNode alone: it has no condition");
    wait.timeout().ifPresent(length -> length("event_wait.timeout", length, Duration.ofMillis(1)));
  }

  private void timer(Timer timer) {
    require(
        timer.duration().isPresent() != timer.until().isPresent(),
        "timer",
        "exactly one of duration and until is needed");
    timer.duration().ifPresent(length -> length("timer.duration", length, Duration.ZERO));
  }

  private void length(String field, Duration length, Duration shortest) {
    require(
        length.compareTo(shortest) >= 0 && length.compareTo(WorkflowLimits.LONGEST) <= 0,
        field,
        WorkflowLimits.refusal(length, shortest));
  }

  private void task(TaskNode task) {
    require(
        task.request().taskId().isEmpty(),
        "task.name",
        "the workflow names its tasks: leave it empty");
    for (String key : task.expressions().input().keySet()) {
      require(
          INPUT_KEY.matcher(key).matches(),
          ExpressionField.input(key).toString(),
          "the key is not allowed: a letter, then letters, digits, \"_\" and \"-\" are, at most 64");
    }
  }

  private void require(boolean holds, String field, String problem) {
    if (!holds) {
      faults.add(new DefinitionFault(at.path() + "." + field, Reason.INVALID_FIELD, problem));
    }
  }
}
