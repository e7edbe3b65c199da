package io.tasklane.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.NodeKind;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.execution.Started;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random workflows on the real store, with failures, cancels, pauses and retries, are after every
 * step as the reference model of core says. The seed is new in each run; {@code
 * -Dtasklane.stored-workflows.seed} repeats one.
 */
class StoredWorkflowsTest {
  private static final int ROUNDS = Integer.getInteger("tasklane.stored-workflows", 30);
  private static final long SEED =
      Long.getLong("tasklane.stored-workflows.seed", System.nanoTime());
  private static final int MOST_NODES = 30;
  private static final int STEPS = 2_000;

  private static WorkflowBench bench;

  @BeforeAll
  static void open() {
    bench = new WorkflowBench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void random_workflows_end_as_the_reference_model_says() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      Round one = new Round(seed);
      try {
        one.play();
      } catch (AssertionError | RuntimeException wrong) {
        throw new AssertionError(
            "seed " + seed + ": " + wrong.getMessage() + "\n" + one.history + "\n" + one.root,
            wrong);
      }
    }
  }

  /** One workflow to its end, with retries. */
  private static final class Round {
    private final Random random;
    private final Node root;
    private final CompiledWorkflow compiled;
    private final Started flow;
    private final ReferenceModel model;
    private final List<String> history = new ArrayList<>();
    private int retries;

    Round(long seed) throws Exception {
      random = new Random(seed);
      root = RandomDefinition.storable(random, MOST_NODES).next();
      compiled = WorkflowCompiler.compile(WorkflowDefinition.of(root));
      model = new ReferenceModel(compiled);
      flow = bench.start(root);
    }

    void play() {
      compare();
      for (int step = 0; step < STEPS; step++) {
        bench.claimAll();
        Workflow now = flow.now();
        if (now.status().state().isEnded()) {
          if (flow.state().equals("SUCCEEDED") || retries++ == 3) {
            return;
          }
          history.add("retry");
          flow.retry();
          model.retry(Set.of());
        } else if (now.status().paused() && (model.state.openLeaves().isEmpty() || chance(5))) {
          history.add("resume");
          flow.resume();
          model.resume();
        } else if (chance(30)) {
          history.add("pause");
          flow.pause();
          model.pause();
        } else if (chance(80)) {
          history.add("cancel");
          flow.cancel();
          model.cancel();
        } else {
          endOne();
        }
        compare();
      }
      throw new AssertionError("the workflow stays open");
    }

    private boolean chance(int one) {
      return random.nextInt(one) == 0;
    }

    private void endOne() {
      List<NodeKey> open =
          model.state.openLeaves().stream()
              .sorted(Comparator.comparing(NodeKey::toString))
              .toList();
      assertThat(open).as("an open workflow has something to wait for").isNotEmpty();
      NodeKey key = open.get(random.nextInt(open.size()));
      NodeKind kind = compiled.placement(key).node().kind();
      if (kind instanceof Timer) {
        history.add(key + " due");
        fire(key);
        model.leafEnded(key, ReferenceState.Is.SUCCEEDED);
      } else if (kind instanceof EventWait wait) {
        endWait(key, wait);
      } else {
        endTask(key);
      }
    }

    private void fire(NodeKey key) {
      String index =
          key.index().stream()
              .map(String::valueOf)
              .collect(java.util.stream.Collectors.joining(",", "{", "}"));
      Postgres.run(
          bench.database,
          "UPDATE workflow_timer SET due = now() WHERE node = '"
              + key.nodeId()
              + "' AND index = '"
              + index
              + "' AND workflow = (SELECT id FROM workflow WHERE name = '"
              + flow.id
              + "')");
      assertThat(bench.submit(bench.timers(), 100)).isPositive();
    }

    private void endWait(NodeKey key, EventWait wait) {
      if (!chance(4)) {
        history.add(key + " approved");
        flow.decide(key, "user:ann", true);
        model.leafEnded(key, ReferenceState.Is.SUCCEEDED);
        return;
      }
      history.add(key + " " + wait.onTimeout());
      fire(key);
      model.leafEnded(
          key,
          switch (wait.onTimeout()) {
            case FAIL -> ReferenceState.Is.FAILED;
            case SKIP -> ReferenceState.Is.SKIPPED;
            case CONTINUE -> ReferenceState.Is.SUCCEEDED;
          });
    }

    private void endTask(NodeKey key) {
      Task task = bench.read(flow.find(key).orElseThrow().taskId().orElseThrow());
      RunEnd end = end(key);
      WorkflowBench.get(bench.complete(bench.committer, task, end));
      String state = bench.read(task.taskId()).state().name();
      history.add(key + " " + state);
      model.leafEnded(key, ReferenceState.Is.valueOf(state));
    }

    private RunEnd end(NodeKey key) {
      int dice = random.nextInt(100);
      if (model.state.isCancelling(key) && dice < 80) {
        return new RunEnd.Stopped(Optional.empty());
      }
      return dice < 88 ? WorkflowBench.succeeded("1") : WorkflowBench.failed("BROKEN");
    }

    /** What a cancel ends at once has ended in the store, and the model is told of it. */
    private void followCancels(Map<NodeKey, NodeState> stored) {
      boolean more = true;
      while (more) {
        more = false;
        for (NodeKey key : Set.copyOf(model.state.openLeaves())) {
          if (stored.get(key) == NodeState.CANCELLED && model.state.isCancelling(key)) {
            model.leafEnded(key, ReferenceState.Is.CANCELLED);
            more = true;
          }
        }
      }
    }

    private void compare() {
      Map<NodeKey, NodeState> stored = new HashMap<>();
      for (WorkflowNode node : flow.nodes()) {
        stored.put(node.key(), node.state());
      }
      followCancels(stored);
      stored.forEach(
          (key, state) ->
              assertThat(shown(state)).as(key.toString()).isEqualTo(model.state.of(key)));
      assertThat(stored.keySet()).containsAll(model.state.begun);
      ReferenceState.Is end = model.state.of(compiled.root());
      String state = flow.state();
      if (end == ReferenceState.Is.OPEN) {
        assertThat(state).isIn("RUNNING", "CANCELLING");
      } else {
        assertThat(state).isEqualTo(end == ReferenceState.Is.SKIPPED ? "SUCCEEDED" : end.name());
      }
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
