package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.TemplateBench.sub;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.task.Task;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node ends what is inside of a workflow while another changes the one around. */
class RacingSubWorkflowsTest {
  private static final int ROUNDS = 15;
  private static final int COPIES = 20;

  private final TemplateBench templates = new TemplateBench();
  private final WorkflowBench bench = templates.bench;
  private final GroupCommitter second = new GroupCommitter(bench.database, Thread::new, () -> {});

  @AfterEach
  void close() {
    second.close();
    templates.close();
  }

  @Test
  void an_end_inside_and_a_cancel_around_end_both_without_a_deadlock() {
    templates.store("inner", task("x"));
    for (int round = 0; round < ROUNDS; round++) {
      Started flow = bench.start(chain("all", sub("s", "inner"), sub("t", "inner")));
      templates.nest();
      Started inside = templates.inside(flow, "s");
      bench.claimAll();
      Task run = inside.task("x");
      CompletableFuture<Void> cancel =
          CompletableFuture.runAsync(() -> steer(flow, new WorkflowEvent.PauseRequested()))
              .thenRunAsync(
                  () -> steer(flow, new WorkflowEvent.CancelRequested(WorkflowBench.ANN)));
      WorkflowBench.get(bench.complete(bench.committer, run, WorkflowBench.succeeded("1")));
      cancel.join();
      templates.nest();

      assertThat(flow.state()).isEqualTo("CANCELLED");
      assertThat(inside.now().status().state().isEnded()).isTrue();
    }
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM workflow WHERE state < 4"))
        .as("open workflows")
        .isZero();
    assertThat(bench.count("workflow_start")).isZero();
  }

  private void steer(Started flow, WorkflowEvent event) {
    WorkflowBench.get(
        second.submit(
            new ChangeWorkflows(bench.parts.executions),
            new ChangeWorkflows.Wanted(flow.id, event, WorkflowBench.ANN)));
  }

  @Test
  void each_workflow_is_started_once_whichever_node_does_it() {
    templates.store("inner", task("x"));
    List<Object> items = IntStream.range(0, COPIES).<Object>mapToObj(Long::valueOf).toList();
    for (int round = 0; round < ROUNDS; round++) {
      Started flow = bench.start(each("e", "inputs.s", sub("s", "inner")), Map.of("s", items));
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> startBy(second));
      startBy(bench.committer);
      other.join();

      assertThat(flow.state("s", COPIES - 1)).isEqualTo(NodeState.RUNNING);
      for (int i = 0; i < COPIES; i++) {
        assertThat(templates.inside(flow, "s", i).hasStarted("x")).isTrue();
      }
      flow.cancel();
    }
    assertThat(bench.count("workflow")).isEqualTo(ROUNDS * (COPIES + 1L));
  }

  private void startBy(GroupCommitter node) {
    while (bench.count("workflow_start") > 0) {
      WorkflowBench.get(node.submit(templates.starts, 3));
    }
  }
}
