package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.QueueBench.queue;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.queue.dispatch.Urgency;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues that a workflow runs later start nothing before. */
class QueueHoldTest {
  private static final Node ORDER = chain("c", queue("a", "A"), queue("b", "B"), queue("c3", "C"));

  private final QueueBench queues = new QueueBench();

  @AfterEach
  void close() {
    queues.close();
  }

  private static Node own(String id, String queue) {
    return Node.of(id, TaskNode.of(QueueBench.request(queue)));
  }

  @Test
  void later_queues_start_nothing_before_their_nodes_do() {
    for (String queue : List.of("A", "B", "C")) {
      queues.add(queue, 2);
    }
    Started flow = queues.bench.start(ORDER);
    assertThat(queues.claim("B")).isEmpty();
    assertThat(queues.claim("C")).isEmpty();
    queues.add("B", 1);
    assertThat(queues.runAll("A")).isEqualTo(2);

    assertThat(flow.state("b")).isEqualTo(NodeState.RUNNING);
    assertThat(queues.claim("C")).isEmpty();
    assertThat(queues.runAll("B")).isEqualTo(3);
    assertThat(queues.runAll("C")).isEqualTo(2);
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(queues.bench.count("queue_hold")).isZero();
  }

  @Test
  void another_node_sees_a_hold_as_soon_as_the_workflow_has_started() {
    try (GroupCommitter second = new GroupCommitter(queues.bench.database, Thread::new, () -> {})) {
      for (int i = 0; i < 20; i++) {
        queues.add("A", 1);
        queues.add("B", 1);
        Started flow = queues.bench.start(ORDER);
        assertThat(queues.claim(second, "B")).isEmpty();
        queues.runAll("A");
        assertThat(
                queues
                    .claim(second, "B")
                    .map(
                        t -> {
                          queues.succeed(t.taskId());
                          return t;
                        }))
            .isPresent();
        assertThat(flow.state()).isEqualTo("SUCCEEDED");
      }
    }
  }

  /** The one around waits for them before it comes to the queue. */
  @Test
  void tasks_of_a_workflow_inside_of_the_holder_are_not_held() {
    TemplateBench templates = new TemplateBench(queues.bench);
    templates.store("leaf", own("x", "B"));
    templates.store("inner", TemplateBench.sub("l", "leaf"));
    queues.add("B", 1);
    Started flow = queues.bench.start(chain("c", TemplateBench.sub("s", "inner"), queue("b", "B")));
    assertThat(queues.claim("B")).isEmpty();
    templates.nest();

    assertThat(queues.runAll("B")).as("the task inside").isEqualTo(1);
    assertThat(flow.state("b")).isEqualTo(NodeState.RUNNING);
    assertThat(queues.runAll("B")).as("what was held").isEqualTo(1);
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_queue_that_is_not_to_be_held_starts_as_ever() {
    queues.add("A", 1);
    queues.add("B", 1);
    queues.bench.start(chain("c", queue("a", "A"), queue("b", "B", FailurePolicy.WAIT_ALL, false)));
    assertThat(queues.claim("B")).isPresent();
  }

  @Test
  void the_tasks_of_the_workflow_itself_pass_what_waits_before_them() {
    List<String> others = queues.add("B", 3);
    Started flow = queues.bench.start(chain("c", own("t", "B"), queue("b", "B")));
    String own = flow.task("t").taskId();

    assertThat(queues.claimAll("B")).containsExactly(own);
    queues.succeed(own);
    assertThat(queues.claimAll("B")).containsExactlyElementsOf(others);
  }

  @Test
  void a_cancel_reaches_what_stands_aside() {
    List<String> others = queues.add("B", 2);
    Started flow = queues.bench.start(chain("c", own("t", "B"), queue("b", "B")));
    queues.claimAll("B");
    queues.cancel(others.get(0));
    queues.succeed(flow.task("t").taskId());
    assertThat(queues.claimAll("B")).containsExactly(others.get(1));
  }

  @Test
  void every_end_of_the_workflow_ends_its_holds() {
    for (String end : List.of("cancel", "failure", "time limit")) {
      String first = queues.add("A", 1).get(0);
      String held = queues.add("B", 1).get(0);
      Started flow =
          queues.bench.start(
              WorkflowBench.request(
                  WorkflowDefinition.of(ORDER).withTimeLimit(Duration.ofHours(1)), Map.of()));
      queues.claimAll("A");
      assertThat(queues.claim("B")).as(end).isEmpty();
      switch (end) {
        case "cancel" -> flow.cancel();
        case "failure" -> queues.fail(first);
        default -> {
          Postgres.run(queues.bench.database, "UPDATE workflow_timer SET due = now()");
          queues.bench.submit(queues.bench.timers, 10);
        }
      }
      if (!end.equals("failure")) {
        queues.cancelAll(NodeCancels.AT_ONCE);
        assertThat(queues.claim("B")).as("it still runs").isEmpty();
        queues.stop(first);
      }
      assertThat(flow.now().status().state().isEnded()).as(end).isTrue();
      assertThat(queues.claimAll("B")).as(end).containsExactly(held);
      queues.succeed(held);
    }
  }

  @Test
  void a_paused_workflow_goes_on_holding() {
    queues.add("A", 1);
    queues.add("B", 1);
    Started flow = queues.bench.start(ORDER);
    flow.pause();
    queues.runAll("A");
    assertThat(queues.claim("B")).isEmpty();
    flow.resume();
    assertThat(queues.claim("B")).isPresent();
  }

  @Test
  void a_retry_holds_again_what_it_has_not_run_yet() {
    String first = queues.add("A", 1).get(0);
    queues.add("B", 1);
    Started flow = queues.bench.start(ORDER);
    queues.claimAll("A");
    queues.fail(first);
    flow.retry();

    assertThat(queues.claim("B")).isEmpty();
    queues.runAll("A");
    assertThat(queues.runAll("B")).isOne();
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_queue_is_free_when_no_workflow_holds_it_any_more() {
    queues.add("A", 1);
    queues.add("B", 1);
    Started first = queues.bench.start(chain("c", task("x"), queue("b", "B")));
    Started second = queues.bench.start(chain("c", task("x"), queue("b", "B")));
    first.cancel();
    assertThat(queues.claim("B")).isEmpty();
    second.cancel();
    assertThat(queues.claim("B")).isPresent();
  }

  @Test
  void the_older_workflow_goes_first_where_two_hold_the_queues_of_each_other() {
    queues.add("A", 2);
    queues.add("B", 2);
    Started first = queues.bench.start(chain("c", queue("a", "A"), queue("b", "B")));
    Started second = queues.bench.start(chain("c", queue("b", "B"), queue("a", "A")));
    assertThat(queues.claim("B")).isEmpty();
    assertThat(queues.runAll("A")).isEqualTo(2);
    assertThat(queues.runAll("B")).isEqualTo(2);

    assertThat(first.state()).isEqualTo("SUCCEEDED");
    assertThat(second.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void an_older_workflow_that_is_retried_passes_the_holds_of_younger_ones() {
    queues.add("A", 2);
    Started old = queues.bench.start(own("t", "B"));
    queues.claimAll("B");
    queues.fail(old.task("t").taskId());
    queues.add("B", 1);
    queues.bench.start(chain("c", queue("a", "A"), queue("b", "B")));
    assertThat(queues.claim("B")).isEmpty();
    old.retry();

    assertThat(queues.claimAll("B")).containsExactly(old.task("t").taskId());
  }

  @Test
  void a_held_task_says_what_it_waits_for_and_preempts_nothing() {
    queues.add("A", 1);
    String held = queues.add("B", 1).get(0);
    assertThat(urgent("B")).isOne();
    Started flow = queues.bench.start(ORDER);

    assertThat(urgent("B")).isZero();
    assertThat(queues.verdict(held))
        .isEqualTo(
            new ClaimVerdict.QueueWaits(
                List.of(new Blocker.WorkflowOrder("workflows/" + flow.id))));
  }

  private int urgent(String queue) {
    return queues.bench.database.with(c -> Urgency.of(c, queue, List.of())).waiting().size();
  }

  @Test
  void nothing_starts_out_of_order_where_a_group_runs_two_queues_after_one() {
    queues.add("A", 1);
    queues.add("B", 1);
    queues.add("C", 1);
    Started flow =
        queues.bench.start(
            chain(
                "c",
                queue("a", "A"),
                group("g", FailurePolicy.WAIT_ALL, queue("b", "B"), queue("c3", "C"))));
    assertThat(Optional.empty()).isEqualTo(queues.claim("B")).isEqualTo(queues.claim("C"));
    queues.runAll("A");
    assertThat(queues.runAll("B") + queues.runAll("C")).isEqualTo(2);
    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }
}
