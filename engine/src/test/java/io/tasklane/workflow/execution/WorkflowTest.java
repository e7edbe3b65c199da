package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.Failure;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowBench.Started;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workflows on the real store: what follows from the end of a task is there with that end. */
class WorkflowTest {
  private final WorkflowBench bench = new WorkflowBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_chain_passes_each_output_to_the_next_and_ends_with_the_last() {
    Started flow = bench.start(chain("all", task("a", "{\"x\":1}"), task("b", "{\"own\":2}")));

    assertThat(flow.input("a")).isEqualTo("{\"x\":1}");
    assertThat(flow.hasStarted("b")).isFalse();
    flow.succeed("a", "{\"n\":4.50}");
    assertThat(flow.input("b")).isEqualTo("{\"own\":2,\"input\":{\"n\":4.50}}");
    flow.succeed("b", "\"done\"");

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.result()).isEqualTo("\"done\"");
    assertThat(flow.now().endTime()).isPresent();
  }

  @Test
  void computed_keys_go_before_what_is_passed_and_that_before_literals() {
    Started flow =
        bench.start(
            chain(
                "all",
                task("a"),
                task("b", Map.of("symbol", "inputs.symbol", "n", "outputs.a.n + 1"))),
            Map.of("symbol", "AAPL"));
    flow.succeed("a", "{\"n\":41}");

    assertThat(flow.input("b")).isEqualTo("{\"n\":42,\"symbol\":\"AAPL\"}");
  }

  @Test
  void the_tasks_are_ordinary_ones_that_the_server_names() {
    Started flow = bench.start(task("a"));

    assertThat(flow.task("a").state()).isEqualTo(TaskState.QUEUED);
    assertThat(flow.task("a").queue()).isEqualTo(WorkflowBench.QUEUE);
    assertThat(flow.task("a").taskId()).matches("[0-9a-f-]{36}");
    assertThat(bench.count("task_ready")).isOne();
  }

  @Test
  void a_failure_ends_a_chain_and_what_comes_after_never_starts() {
    Started flow = bench.start(chain("all", task("a"), task("b")));
    flow.fail("a");

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.hasStarted("b")).isFalse();
    assertThat(flow.now().status().cause().orElseThrow().code()).isEqualTo("BROKEN");
  }

  @Test
  void a_group_waits_for_all_and_gathers_in_the_order_of_the_definition() {
    Started flow =
        bench.start(
            chain(
                "all",
                group("g", FailurePolicy.WAIT_ALL, task("a"), task("b"), task("c")),
                task("z")));
    flow.succeed("c", "3");
    flow.succeed("a", "1");
    assertThat(flow.hasStarted("z")).isFalse();
    flow.succeed("b", "2");

    assertThat(flow.input("z")).isEqualTo("{\"input\":[1,2,3]}");
  }

  @Test
  void an_expression_sees_the_member_whose_end_it_follows_also_inside_of_groups() {
    Started flow =
        bench.start(
            chain(
                "all",
                group("g", FailurePolicy.WAIT_ALL, task("a"), chain("c", task("b"))),
                each("e", "outputs.g", task("t", Map.of("n", "item"))),
                task("z", Map.of("all", "outputs.e", "last", "outputs.g[1]"))));
    flow.succeed("a", "1");
    flow.succeed("b", "2");
    assertThat(flow.input("t", 1)).isEqualTo("{\"n\":2}");
    flow.succeed("t", "10", 0);
    flow.succeed("t", "20", 1);

    assertThat(flow.input("z")).isEqualTo("{\"all\":[10,20],\"last\":2}");
  }

  @Test
  void wait_all_fails_after_all_have_ended_and_ignore_goes_on_with_a_hole() {
    for (FailurePolicy policy : List.of(FailurePolicy.WAIT_ALL, FailurePolicy.IGNORE)) {
      Started flow = bench.start(chain("all", group("g", policy, task("a"), task("b")), task("z")));
      flow.fail("a");
      assertThat(flow.state("b")).isEqualTo(NodeState.RUNNING);
      flow.succeed("b", "2");
      if (policy == FailurePolicy.IGNORE) {
        assertThat(flow.input("z")).isEqualTo("{\"input\":[null,2]}");
      } else {
        assertThat(flow.state()).isEqualTo("FAILED");
        assertThat(flow.hasStarted("z")).isFalse();
      }
    }
  }

  @Test
  void fail_fast_cancels_the_others_in_the_same_command() {
    Started flow =
        bench.start(group("g", FailurePolicy.FAIL_FAST, task("a"), task("b"), task("c")));
    String b = flow.task("b").taskId();
    String c = flow.task("c").taskId();
    bench.claimAll();
    bench.database.with(k -> null);
    flow.fail("a");

    assertThat(bench.read(b).state()).isEqualTo(TaskState.CANCELLING);
    assertThat(flow.state()).isEqualTo("RUNNING");
    WorkflowBench.get(
        bench.complete(
            bench.committer, bench.read(b), new io.tasklane.task.RunEnd.Stopped(Optional.empty())));
    WorkflowBench.get(
        bench.complete(
            bench.committer, bench.read(c), new io.tasklane.task.RunEnd.Stopped(Optional.empty())));
    assertThat(flow.state()).as("a failure wins over a cancel").isEqualTo("FAILED");
  }

  @Test
  void waiting_members_of_a_group_that_fails_fast_end_with_it_at_once() {
    Started flow = bench.start(group("g", FailurePolicy.FAIL_FAST, task("a"), task("b")));
    String b = flow.task("b").taskId();
    String a = flow.task("a").taskId();
    WorkflowBench.get(
        bench.committer.submit(
            bench.parts.cancels,
            new io.tasklane.task.cancel.CancelTasks.Cancel(a, WorkflowBench.ANN, false)));

    assertThat(bench.read(b).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(flow.now().status().cause().orElseThrow().actor().orElseThrow().principal())
        .isEqualTo("user:ann");
  }

  @Test
  void no_more_members_are_open_than_are_allowed() {
    Started flow =
        bench.start(group("g", FailurePolicy.WAIT_ALL, 2, task("a"), task("b"), task("c")));
    assertThat(flow.hasStarted("c")).isFalse();
    flow.succeed("b", "2");
    assertThat(flow.state("c")).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void a_condition_takes_a_branch_and_without_one_leaves_null() {
    Node tree =
        chain(
            "all",
            cond("c", "inputs.p > 400", task("yes"), task("no")),
            cond("d", "false", task("never")),
            task("z"));
    Started flow = bench.start(tree, Map.of("p", new java.math.BigDecimal("450.0")));
    flow.succeed("yes", "\"took it\"");

    assertThat(flow.hasStarted("no")).isFalse();
    assertThat(flow.hasStarted("never")).isFalse();
    assertThat(flow.input("z")).isEqualTo("{\"input\":null}");
  }

  @Test
  void an_expression_that_errors_fails_its_node_and_says_where() {
    Started flow = bench.start(cond("c", "inputs.absent > 1", task("x")));

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.node("c").cause().orElseThrow().code()).isEqualTo("EXPRESSION");
    assertThat(flow.node("c").cause().orElseThrow().message()).contains("absent");
  }

  @Test
  void eighty_one_symbols_in_batches_of_two_are_forty_one_tasks_in_their_order() {
    List<Object> symbols =
        java.util.stream.IntStream.range(0, 81).<Object>mapToObj(i -> "S" + i).toList();
    Started flow =
        bench.start(
            chain(
                "all",
                each("e", "inputs.s", 2, 0, FailurePolicy.WAIT_ALL, task("t", Map.of("s", "item"))),
                task("z")),
            Map.of("s", symbols));
    assertThat(bench.count("task")).isEqualTo(41);
    assertThat(flow.input("t", 40)).isEqualTo("{\"s\":[\"S80\"]}");
    for (int i = 40; i >= 0; i--) {
      flow.succeed("t", Integer.toString(i), i);
    }

    assertThat(flow.input("z"))
        .isEqualTo(
            "{\"input\":["
                + String.join(
                    ",", java.util.stream.IntStream.range(0, 41).mapToObj(String::valueOf).toList())
                + "]}");
  }

  @Test
  void an_empty_list_succeeds_at_once_and_so_does_the_next() {
    Started flow =
        bench.start(
            chain(
                "all",
                each("e", "inputs.s", task("t")),
                each("f", "outputs.e", task("u")),
                task("z")),
            Map.of("s", List.of()));

    assertThat(flow.state("e")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("f")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.input("z")).isEqualTo("{\"input\":[]}");
  }

  @Test
  void copies_start_one_after_another_from_the_stored_list() {
    Started flow =
        bench.start(
            each("e", "inputs.s", 1, 1, FailurePolicy.WAIT_ALL, task("t", Map.of("n", "item"))),
            Map.of("s", List.of(5L, 4L, 3L)));
    for (int i = 0; i < 3; i++) {
      assertThat(flow.input("t", i)).isEqualTo("{\"n\":" + (5 - i) + "}");
      assertThat(bench.count("task_ready")).isOne();
      flow.succeed("t", Integer.toString(i), i);
    }

    assertThat(flow.result()).isEqualTo("[0,1,2]");
  }

  @Test
  void a_branch_for_failures_is_given_the_failure_and_mends_the_node() {
    Started flow = bench.start(chain("all", task("a").onFailure(task("mend")), task("z")));
    flow.fail("a");
    assertThat(flow.input("mend")).contains("\"code\":\"BROKEN\"", "\"kind\":\"PERMANENT\"");
    flow.succeed("mend", "\"mended\"");

    assertThat(flow.input("z")).isEqualTo("{\"input\":\"mended\"}");
    assertThat(flow.state("a")).isEqualTo(NodeState.SUCCEEDED);
  }

  @Test
  void a_task_that_cannot_be_created_fails_its_node_and_not_the_end_of_the_one_before() {
    Started flow = bench.start(chain("all", task("a"), task("b", Map.of("s", "outputs.a"))));
    flow.succeed("a", "\"" + "x".repeat(300_000) + "\"");

    assertThat(flow.state("a")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("b")).isEqualTo(NodeState.FAILED);
    assertThat(flow.node("b").cause().orElseThrow().code()).isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(flow.state()).isEqualTo("FAILED");
  }

  @Test
  void the_deletion_of_its_queue_fails_what_would_start_there() {
    Started flow = bench.start(chain("all", task("a"), task("b")));
    bench.claimAll();
    io.tasklane.database.Postgres.run(bench.database, "UPDATE queue SET intake = 3");
    WorkflowBench.get(
        bench.complete(
            bench.committer, bench.read(flow.task("a").taskId()), WorkflowBench.succeeded("1")));

    assertThat(flow.state("a")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.node("b").cause().orElseThrow().code()).isEqualTo("QUEUE_UNKNOWN");
  }

  @Test
  void all_faults_of_a_tree_are_found_before_anything_starts() {
    Node tree = chain("all", cond("c", "inputs.x +", task("a")), task("a"));
    WorkflowRequest request = WorkflowBench.request(WorkflowDefinition.of(tree), Map.of());

    assertThatThrownBy(() -> bench.workflows.check(request))
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(fault -> fault.path() + " " + fault.reason())
                    .containsExactlyInAnyOrder(
                        "root.chain.nodes[0].condition.condition EXPRESSION",
                        "root.chain.nodes[1].node_id NODE_ID_DUPLICATE"));
    assertThat(bench.count("workflow")).isZero();
  }

  @Test
  void a_name_is_given_once() {
    WorkflowRequest request =
        new WorkflowRequest(
            Optional.of("morning"),
            "",
            WorkflowDefinition.of(task("a")),
            new byte[] {1},
            Map.of(),
            Optional.empty());
    assertThat(bench.start(request).id).isEqualTo("morning");

    assertThatThrownBy(() -> bench.start(request))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.WORKFLOW_EXISTS));
    assertThat(bench.count("task")).isOne();
    assertThat(bench.count("workflow_definition")).isOne();
  }

  @Test
  void a_task_that_expires_counts_as_failed() {
    Started flow = bench.start(task("a"));
    io.tasklane.database.Postgres.run(
        bench.database, "UPDATE task SET expire_time = now() - interval '1 s'");
    io.tasklane.database.Postgres.run(
        bench.database, "INSERT INTO task_deadline SELECT now() - interval '1 s', id FROM task");
    bench.submit(bench.parts.expiry, 10);

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }
}
