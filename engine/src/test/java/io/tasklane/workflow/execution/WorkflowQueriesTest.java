package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.task;
import static io.tasklane.workflow.execution.Trees.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.task.RunRules;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes are read together, and tasks that belong to no workflow read none. */
class WorkflowQueriesTest {
  private static final int COPIES = 60;
  private static final int FEW = 12;
  private static final Map<String, Object> ITEMS = Map.of("s", Collections.nCopies(COPIES, 1L));

  private final CountedStatements statements = new CountedStatements(Postgres.empty());
  private final WorkflowBench bench = new WorkflowBench(statements.database());

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> nodes(Runnable what) {
    return statements.during(what, "workflow_node");
  }

  @Test
  void all_copies_start_without_a_look_for_each() {
    assertThat(nodes(() -> bench.start(each("e", "inputs.s", task("t")), ITEMS)))
        .hasSizeLessThan(FEW);
    assertThat(bench.count("task")).isEqualTo(COPIES);
  }

  @Test
  void all_copies_are_retried_without_a_look_for_each() {
    Started flow =
        bench.start(each("e", "inputs.s", 1, 0, FailurePolicy.WAIT_ALL, task("t")), ITEMS);
    for (int i = 0; i < COPIES; i++) {
      flow.fail("t", i);
    }
    assertThat(nodes(flow::retry)).hasSizeLessThan(FEW);
    assertThat(bench.count("task_ready")).isEqualTo(COPIES);
  }

  @Test
  void all_timers_of_a_workflow_fire_without_a_look_for_each() {
    Started flow = bench.start(each("e", "inputs.s", timer("t", Duration.ofHours(1))), ITEMS);
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now()");
    assertThat(nodes(() -> assertThat(bench.submit(bench.timers, 100)).isEqualTo(COPIES)))
        .hasSizeLessThan(FEW);
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void paused_nodes_go_on_without_a_look_for_each() {
    Started flow = bench.start(each("e", "inputs.s", task("t").onFailure(task("x"))), ITEMS);
    flow.pause();
    for (int i = 0; i < COPIES; i++) {
      flow.fail("t", i);
    }
    assertThat(flow.state("x", COPIES - 1)).isEqualTo(NodeState.PAUSED);
    assertThat(nodes(flow::resume)).hasSizeLessThan(FEW);
    assertThat(flow.state("x", COPIES - 1)).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void a_task_of_no_workflow_is_created_and_run_without_a_word_about_workflows() {
    bench.start(task("other"));
    bench.claimAll();
    TaskRequest alone = Trees.request("{}");
    TaskRequest awaited = alone.withRules(RunRules.ofKey("k"));
    for (TaskRequest request : List.of(alone, awaited)) {
      assertThat(statements.during(() -> createAndRun(request), "workflow")).isEmpty();
    }
  }

  private void createAndRun(TaskRequest request) {
    String id = bench.create(request).taskId();
    bench.claimAll();
    WorkflowBench.get(
        bench.complete(bench.committer, bench.read(id), WorkflowBench.succeeded("1")));
    assertThat(bench.read(id).isFinished()).isTrue();
  }
}
