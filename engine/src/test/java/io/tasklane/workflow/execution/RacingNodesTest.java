package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.approval;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes change one workflow at the same time: each end counts once, and none is lost. */
class RacingNodesTest {
  private static final int MEMBERS = 100;

  private final WorkflowBench bench = new WorkflowBench();
  private final GroupCommitter second = new GroupCommitter(bench.database, Thread::new, () -> {});

  @AfterEach
  void close() {
    second.close();
    bench.close();
  }

  @Test
  void the_ends_of_all_members_count_once_whoever_commits_them() {
    List<Object> items = IntStream.range(0, MEMBERS).<Object>mapToObj(Long::valueOf).toList();
    Started flow =
        bench.start(
            chain(
                "all",
                group(
                    "g",
                    FailurePolicy.WAIT_ALL,
                    each("e", "inputs.s", task("t")),
                    each("f", "inputs.s", approval("ok", 1, Duration.ofDays(1), OnTimeout.FAIL))),
                task("z")),
            Map.of("s", items));
    bench.claimAll();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> IntStream.range(0, MEMBERS).forEach(i -> decide(flow, i)));
    for (int i = 0; i < MEMBERS; i++) {
      WorkflowBench.get(
          bench.complete(bench.committer, flow.task("t", i), WorkflowBench.succeeded("1")));
    }
    other.join();

    assertThat(flow.state("g")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("z")).isEqualTo(NodeState.RUNNING);
    assertThat(bench.count("task")).as("one z").isEqualTo(MEMBERS + 1);
    assertThat(
            Postgres.number(
                bench.database,
                """
                SELECT count(*) FROM (
                  SELECT version, lag(version) OVER (ORDER BY xid, seq) AS before
                  FROM task_event WHERE subject LIKE 'workflows/%') v
                WHERE version < before"""))
        .as("the log has the events of a workflow in their order")
        .isZero();
  }

  @Test
  void the_end_of_a_task_is_stored_while_another_node_changes_its_workflow_all_the_time() {
    List<Object> items = IntStream.range(0, MEMBERS).<Object>mapToObj(Long::valueOf).toList();
    Started flow =
        bench.start(
            chain(
                "all",
                each("e", "inputs.s", task("t")),
                approval("ok", 1, Duration.ofDays(1), OnTimeout.FAIL)),
            Map.of("s", items));
    bench.claimAll();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger changes = new AtomicInteger();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                change(flow, new WorkflowEvent.PauseRequested());
                change(flow, new WorkflowEvent.ResumeRequested());
                changes.incrementAndGet();
              }
            });
    for (int i = 0; i < MEMBERS; i++) {
      WorkflowBench.get(
          bench.complete(bench.committer, flow.task("t", i), WorkflowBench.succeeded("1")));
    }
    over.set(true);
    other.join();
    assertThat(changes.get()).as("there was a race").isGreaterThan(MEMBERS / 4);
    assertThat(flow.state("e")).isEqualTo(NodeState.SUCCEEDED);
  }

  private void change(Started flow, WorkflowEvent event) {
    WorkflowBench.get(
        second.submit(
            new ChangeWorkflows(bench.parts.executions),
            new ChangeWorkflows.Wanted(flow.id, event, WorkflowBench.ANN)));
  }

  private void decide(Started flow, int copy) {
    WorkflowEvent.ApprovalDecided decided =
        new WorkflowEvent.ApprovalDecided(
            new NodeKey("ok", List.of(copy)), WorkflowBench.ANN, true);
    change(flow, decided);
  }
}
