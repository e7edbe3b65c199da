package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.Timer;
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
    private final Flow flow;
    private final Model model;
    private final List<String> history = new ArrayList<>();
    private int retries;

    Round(int seed) {
      random = new Random(seed);
      Node root = new RandomTree(random).next();
      flow = Flow.begun(root);
      model = new Model(flow.compiled);
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
                + flow.compiled.definition().root(),
            wrong);
      }
    }

    private void play() {
      compare();
      for (int step = 0; step < STEPS; step++) {
        if (flow.status.state().isEnded()) {
          if (flow.status.state() == WorkflowStatus.State.SUCCEEDED || retries++ == 4) {
            return;
          }
          retry();
        } else if (flow.status.paused() && (model.openLeaves().isEmpty() || chance(5))) {
          history.add("resume");
          flow.apply(new Happening.Resume());
          model.resume();
        } else if (chance(40)) {
          history.add("pause");
          flow.apply(new Happening.Pause());
          model.pause();
        } else if (chance(150)) {
          history.add("cancel");
          flow.cancel();
          model.cancel();
        } else {
          assertThat(model.openLeaves())
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
        flow.instances.values().stream()
            .filter(instance -> instance.state().isBad() && isReached(instance.key()))
            .map(Instance::key)
            .sorted(Comparator.comparing(NodeKey::toString))
            .filter(key -> chance(3))
            .forEach(wanted::add);
      }
      history.add("retry " + wanted);
      flow.apply(new Happening.RetryRequested(wanted));
      model.retry(wanted);
    }

    /**
     * Under nodes that did not succeed only: what is below a node that did is no part of a retry.
     */
    private boolean isReached(NodeKey key) {
      Optional<NodeKey> up = flow.compiled.parent(key);
      return up.isEmpty() || flow.instances.get(up.get()).state().isBad() && isReached(up.get());
    }

    private void endOne() {
      List<NodeKey> open =
          model.openLeaves().stream().sorted(Comparator.comparing(NodeKey::toString)).toList();
      NodeKey key = open.get(random.nextInt(open.size()));
      NodeKind kind = flow.compiled.placement(key).node().kind();
      if (kind instanceof Timer) {
        flow.apply(new Happening.TimerDue(key, flow.run(key)));
        model.leafEnded(key, Model.Is.SUCCEEDED);
      } else if (kind instanceof EventWait wait) {
        endWait(key, wait);
      } else {
        endTask(key, kind);
      }
    }

    private void endWait(NodeKey key, EventWait wait) {
      if (!chance(4)) {
        history.add(key + " event");
        flow.apply(new Happening.EventArrived(key, flow.run(key), Map.of()));
        model.leafEnded(key, Model.Is.SUCCEEDED);
        return;
      }
      history.add(key + " " + wait.onTimeout());
      flow.apply(new Happening.TimerDue(key, flow.run(key)));
      model.leafEnded(
          key,
          wait.onTimeout() == OnTimeout.FAIL
              ? Model.Is.FAILED
              : wait.onTimeout() == OnTimeout.SKIP ? Model.Is.SKIPPED : Model.Is.SUCCEEDED);
    }

    private void endTask(NodeKey key, NodeKind kind) {
      NodeState end = end(key);
      history.add(key + " " + end);
      if (kind instanceof QueueRun run) {
        int taken = flow.run(key);
        flow.apply(new Happening.QueueTaken(key, taken, 2));
        flow.apply(new Happening.QueueTaskEnded(key, taken, end, cause(end)));
        flow.apply(new Happening.QueueTaskEnded(key, taken, NodeState.SUCCEEDED, Optional.empty()));
        boolean ignored = run.policy() == FailurePolicy.IGNORE && !model.isCondemned(key);
        boolean cancelled = run.policy() == FailurePolicy.IGNORE && end.isBad();
        model.leafEnded(
            key,
            ignored
                ? Model.Is.SUCCEEDED
                : cancelled ? Model.Is.CANCELLED : Model.Is.valueOf(end.name()));
      } else {
        flow.leaf(key, end, cause(end));
        model.leafEnded(key, Model.Is.valueOf(end.name()));
      }
    }

    private NodeState end(NodeKey key) {
      int dice = random.nextInt(100);
      if (model.isCondemned(key)) {
        return dice < 80 ? NodeState.CANCELLED : dice < 90 ? NodeState.SUCCEEDED : NodeState.FAILED;
      }
      return dice < 88 ? NodeState.SUCCEEDED : dice < 96 ? NodeState.FAILED : NodeState.CANCELLED;
    }

    private static Optional<Cause> cause(NodeState end) {
      return end == NodeState.FAILED
          ? Optional.of(Cause.permanent("BROKEN", ""))
          : end == NodeState.CANCELLED
              ? Optional.of(Cause.cancelled(Flow.ALICE))
              : Optional.empty();
    }

    private void compare() {
      Set<NodeKey> open = new HashSet<>();
      flow.instances.forEach(
          (key, instance) -> {
            NodeKind kind = flow.compiled.placement(key).node().kind();
            boolean leaf =
                kind.children().isEmpty()
                    || kind instanceof EventWait && instance.counts().size() == 0;
            if (instance.state() == NodeState.RUNNING && instance.phase() == Phase.MAIN && leaf) {
              open.add(key);
            }
            assertThat(expected(key)).as(key.toString()).isEqualTo(shown(instance.state()));
          });
      assertThat(open).isEqualTo(model.openLeaves());
      Model.Is root = model.of(flow.compiled.root());
      assertThat(flow.status.state().isEnded()).isEqualTo(root != Model.Is.OPEN);
      if (flow.status.state().isEnded()) {
        assertThat(flow.status.state().name())
            .isEqualTo(root == Model.Is.SKIPPED ? "SUCCEEDED" : root.name());
      }
    }

    private Model.Is expected(NodeKey key) {
      return model.of(key);
    }

    private static Model.Is shown(NodeState state) {
      return switch (state) {
        case WAITING -> Model.Is.NOT_BEGUN;
        case HELD, RUNNING -> Model.Is.OPEN;
        default -> Model.Is.valueOf(state.name());
      };
    }
  }
}
