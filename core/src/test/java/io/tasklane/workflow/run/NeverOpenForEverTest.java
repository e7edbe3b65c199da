package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.Timer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes that fail at once, because an expression has no value, in any mixture with the others. */
class NeverOpenForEverTest {
  private static final int ROUNDS = 5 * Integer.getInteger("tasklane.workflows", 30);

  @Test
  void whatever_fails_at_once_the_workflow_ends_and_leaves_nothing_open() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Flow flow = Flow.begun(new RandomTree(random, true).next());
      for (int retries = 0; retries < 3; retries++) {
        runToTheEnd(flow, random, seed);
        if (flow.status.state() == WorkflowStatus.State.SUCCEEDED) {
          break;
        }
        flow.retry();
      }
    }
  }

  private static void runToTheEnd(Flow flow, Random random, int seed) {
    for (int step = 0; !flow.status.state().isEnded(); step++) {
      assertThat(step).as("steps of seed " + seed).isLessThan(5_000);
      if (random.nextInt(200) == 0) {
        flow.cancel();
        continue;
      }
      List<NodeKey> open = openLeaves(flow);
      assertThat(open).as("what seed " + seed + " waits for").isNotEmpty();
      end(flow, open.get(random.nextInt(open.size())), random);
    }
    assertThat(flow.instances.values())
        .as("seed " + seed)
        .noneMatch(instance -> instance.state() == NodeState.RUNNING)
        .noneMatch(instance -> instance.counts().open() != 0);
  }

  private static List<NodeKey> openLeaves(Flow flow) {
    return flow.instances.values().stream()
        .filter(instance -> instance.state() == NodeState.RUNNING)
        .filter(instance -> instance.phase() == Phase.MAIN && instance.counts().size() == 0)
        .map(Instance::key)
        .sorted(Comparator.comparing(NodeKey::toString))
        .toList();
  }

  private static void end(Flow flow, NodeKey key, Random random) {
    NodeKind kind = flow.compiled.placement(key).node().kind();
    int run = flow.run(key);
    if (kind instanceof Timer) {
      flow.apply(new Happening.TimerDue(key, run));
    } else if (kind instanceof EventWait) {
      flow.apply(
          random.nextBoolean()
              ? new Happening.TimerDue(key, run)
              : new Happening.EventArrived(key, run, Map.of()));
    } else if (kind instanceof QueueRun) {
      flow.apply(new Happening.QueueTaken(key, run, 0));
    } else {
      boolean good = random.nextInt(5) > 0;
      flow.leaf(
          key,
          good ? NodeState.SUCCEEDED : NodeState.FAILED,
          good ? Optional.empty() : Optional.of(Cause.permanent("BROKEN", "")));
    }
  }
}
