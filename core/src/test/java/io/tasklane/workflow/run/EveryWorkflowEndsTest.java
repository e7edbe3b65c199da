package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes that fail at once, because an expression has no value, in any mixture with the others. */
class EveryWorkflowEndsTest {
  private static final int ROUNDS = 5 * Integer.getInteger("tasklane.workflows", 30);

  @Test
  void whatever_fails_at_once_the_workflow_ends_and_leaves_nothing_open() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      WorkflowTester workflow = WorkflowTester.begun(new RandomDefinition(random, true).next());
      for (int retries = 0; retries < 3; retries++) {
        runToTheEnd(workflow, random, seed);
        if (workflow.status.state() == WorkflowStatus.State.SUCCEEDED) {
          break;
        }
        workflow.retry();
      }
    }
  }

  private static void runToTheEnd(WorkflowTester workflow, Random random, int seed) {
    for (int step = 0; !workflow.status.state().isEnded(); step++) {
      assertThat(step).as("steps of seed " + seed).isLessThan(5_000);
      if (random.nextInt(200) == 0) {
        workflow.cancel();
        continue;
      }
      List<NodeKey> open = openLeaves(workflow);
      assertThat(open).as("what seed " + seed + " waits for").isNotEmpty();
      end(workflow, open.get(random.nextInt(open.size())), random);
    }
    assertThat(workflow.instances.values())
        .as("seed " + seed)
        .noneMatch(instance -> instance.state() == NodeState.RUNNING)
        .noneMatch(instance -> instance.counts().open() != 0);
  }

  private static List<NodeKey> openLeaves(WorkflowTester workflow) {
    return workflow.instances.values().stream()
        .filter(instance -> instance.state() == NodeState.RUNNING)
        .filter(instance -> instance.phase() == Phase.MAIN && instance.counts().size() == 0)
        .map(NodeInstance::key)
        .sorted(Comparator.comparing(NodeKey::toString))
        .toList();
  }

  private static void end(WorkflowTester workflow, NodeKey key, Random random) {
    NodeKind kind = workflow.compiled.placement(key).node().kind();
    int run = workflow.run(key);
    if (kind instanceof Timer) {
      workflow.apply(new WorkflowEvent.TimerFired(key, run));
    } else if (kind instanceof EventWait) {
      workflow.apply(
          random.nextBoolean()
              ? new WorkflowEvent.TimerFired(key, run)
              : new WorkflowEvent.EventReceived(key, run, Map.of()));
    } else if (kind instanceof QueueRun) {
      workflow.apply(new WorkflowEvent.QueueTaken(key, run, 0));
    } else {
      boolean good = random.nextInt(5) > 0;
      workflow.leaf(
          key,
          good ? NodeState.SUCCEEDED : NodeState.FAILED,
          good ? Optional.empty() : Optional.of(Cause.permanent("BROKEN", "")));
    }
  }
}
