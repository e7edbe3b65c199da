package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WorkflowPropertyTest {
  private static final int ROUNDS = Integer.getInteger("tasklane.workflows", 30);
  private static final int STEPS = 5_000;

  @TestFactory
  List<DynamicTest> random_workflows_end_as_the_reference_model_says() {
    return IntStream.range(0, ROUNDS)
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Round(seed).playOrTell()))
        .toList();
  }

  /** One workflow to its end, with retries. */
  private static final class Round {
    private final Random random;
    private final WorkflowTester workflow;
    private final ReferenceModel model;
    private final List<String> history = new ArrayList<>();
    private int retries;

    Round(int seed) {
      random = new Random(seed);
      Node root = new RandomDefinition(random).next();
      workflow = WorkflowTester.begun(root);
      model = new ReferenceModel(workflow.compiled);
    }

    void playOrTell() {
      try {
        play();
      } catch (AssertionError | RuntimeException wrong) {
        int from = Math.max(0, history.size() - 12);
        throw new AssertionError(
            wrong.getMessage()
                + "\nlast of "
                + history.size()
                + ": "
                + history.subList(from, history.size())
                + "\n"
                + workflow.compiled.definition().root(),
            wrong);
      }
    }

    private void play() {
      compare();
      for (int step = 0; step < STEPS; step++) {
        if (workflow.status.state().isEnded()) {
          if (workflow.status.state() == WorkflowStatus.State.SUCCEEDED || retries++ == 4) {
            return;
          }
          retry();
        } else if (workflow.status.paused() && (model.state.openLeaves().isEmpty() || chance(5))) {
          history.add("resume");
          workflow.apply(new WorkflowEvent.ResumeRequested());
          model.resume();
        } else if (chance(40)) {
          history.add("pause");
          workflow.apply(new WorkflowEvent.PauseRequested());
          model.pause();
        } else if (chance(150)) {
          history.add("cancel");
          workflow.cancel();
          model.cancel();
        } else {
          assertThat(model.state.openLeaves())
              .as("an open workflow has something to wait for")
              .isNotEmpty();
          endOne();
        }
        compare();
      }
      throw new AssertionError("the workflow stays open");
    }

    private boolean chance(int one) {
      return random.nextInt(one) == 0;
    }

    private void retry() {
      Set<NodeKey> wanted = new HashSet<>();
      if (chance(3)) {
        workflow.instances.values().stream()
            .filter(instance -> instance.state().isBad() && isReached(instance.key()))
            .map(NodeInstance::key)
            .sorted(Comparator.comparing(NodeKey::toString))
            .filter(key -> chance(3))
            .forEach(wanted::add);
      }
      history.add("retry " + wanted);
      workflow.apply(new WorkflowEvent.RetryRequested(wanted));
      model.retry(wanted);
    }

    /**
     * Under nodes that did not succeed only: what is below a node that did is no part of a retry.
     */
    private boolean isReached(NodeKey key) {
      Optional<NodeKey> up = workflow.compiled.parent(key);
      return up.isEmpty()
          || workflow.instances.get(up.get()).state().isBad() && isReached(up.get());
    }

    private void endOne() {
      List<NodeKey> open =
          model.state.openLeaves().stream()
              .sorted(Comparator.comparing(NodeKey::toString))
              .toList();
      NodeKey key = open.get(random.nextInt(open.size()));
      NodeKind kind = workflow.compiled.placement(key).node().kind();
      if (kind instanceof Timer) {
        workflow.apply(new WorkflowEvent.TimerFired(key, workflow.run(key)));
        model.leafEnded(key, ReferenceState.Is.SUCCEEDED);
      } else if (kind instanceof EventWait wait) {
        endWait(key, wait);
      } else {
        endTask(key, kind);
      }
    }

    private void endWait(NodeKey key, EventWait wait) {
      if (!chance(4)) {
        history.add(key + " event");
        workflow.apply(new WorkflowEvent.EventReceived(key, workflow.run(key), Map.of()));
        model.leafEnded(key, ReferenceState.Is.SUCCEEDED);
        return;
      }
      history.add(key + " " + wait.onTimeout());
      workflow.apply(new WorkflowEvent.TimerFired(key, workflow.run(key)));
      model.leafEnded(
          key,
          wait.onTimeout() == OnTimeout.FAIL
              ? ReferenceState.Is.FAILED
              : wait.onTimeout() == OnTimeout.SKIP
                  ? ReferenceState.Is.SKIPPED
                  : ReferenceState.Is.SUCCEEDED);
    }

    private void endTask(NodeKey key, NodeKind kind) {
      NodeState end = end(key);
      history.add(key + " " + end);
      if (kind instanceof QueueRun run) {
        int taken = workflow.run(key);
        workflow.apply(new WorkflowEvent.QueueTaken(key, taken, 2));
        workflow.apply(new WorkflowEvent.QueueTaskCompleted(key, taken, end, cause(end)));
        workflow.apply(
            new WorkflowEvent.QueueTaskCompleted(
                key, taken, NodeState.SUCCEEDED, Optional.empty()));
        boolean ignored = run.policy() == FailurePolicy.IGNORE && !model.state.isCancelling(key);
        boolean cancelled = run.policy() == FailurePolicy.IGNORE && end.isBad();
        model.leafEnded(
            key,
            ignored
                ? ReferenceState.Is.SUCCEEDED
                : cancelled ? ReferenceState.Is.CANCELLED : ReferenceState.Is.valueOf(end.name()));
      } else {
        workflow.leaf(key, end, cause(end));
        model.leafEnded(key, ReferenceState.Is.valueOf(end.name()));
      }
    }

    private NodeState end(NodeKey key) {
      int dice = random.nextInt(100);
      if (model.state.isCancelling(key)) {
        return dice < 80 ? NodeState.CANCELLED : dice < 90 ? NodeState.SUCCEEDED : NodeState.FAILED;
      }
      return dice < 88 ? NodeState.SUCCEEDED : dice < 96 ? NodeState.FAILED : NodeState.CANCELLED;
    }

    private static Optional<Cause> cause(NodeState end) {
      return end == NodeState.FAILED
          ? Optional.of(Cause.permanent("BROKEN", ""))
          : end == NodeState.CANCELLED
              ? Optional.of(Cause.cancelled(WorkflowTester.ALICE))
              : Optional.empty();
    }

    private void compare() {
      Set<NodeKey> open = new HashSet<>();
      workflow.instances.forEach(
          (key, instance) -> {
            NodeKind kind = workflow.compiled.placement(key).node().kind();
            boolean leaf =
                kind.children().isEmpty()
                    || kind instanceof EventWait && instance.counts().size() == 0;
            if (instance.state() == NodeState.RUNNING && instance.phase() == Phase.MAIN && leaf) {
              open.add(key);
            }
            assertThat(expected(key)).as(key.toString()).isEqualTo(shown(instance.state()));
          });
      assertThat(open).isEqualTo(model.state.openLeaves());
      ReferenceState.Is root = model.state.of(workflow.compiled.root());
      assertThat(workflow.status.state().isEnded()).isEqualTo(root != ReferenceState.Is.OPEN);
      if (workflow.status.state().isEnded()) {
        assertThat(workflow.status.state().name())
            .isEqualTo(root == ReferenceState.Is.SKIPPED ? "SUCCEEDED" : root.name());
      }
    }

    private ReferenceState.Is expected(NodeKey key) {
      return model.state.of(key);
    }

    private static ReferenceState.Is shown(NodeState state) {
      return switch (state) {
        case WAITING -> ReferenceState.Is.NOT_BEGUN;
        case PAUSED, RUNNING -> ReferenceState.Is.OPEN;
        default -> ReferenceState.Is.valueOf(state.name());
      };
    }
  }
}
