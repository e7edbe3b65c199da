package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Postgres;
import io.tasklane.task.Failure;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.NodeState;
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
    assertThat(flow.task("a").workflowId()).hasValue(flow.id);
    assertThat(flow.task("a").taskId()).matches("[0-9a-f-]{36}");
    assertThat(bench.count("task_ready")).isOne();
    assertThat(bench.create(Trees.request("{}")).workflowId()).isEmpty();
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
    Node b = task("b", Map.of("s", "[outputs.a, outputs.a]"));
    Started flow = bench.start(chain("all", task("a"), b));
    flow.succeed("a", "\"" + "x".repeat(2_100_000) + "\"");

    assertThat(flow.state("a")).isEqualTo(NodeState.SUCCEEDED);
    assertThat(flow.state("b")).isEqualTo(NodeState.FAILED);
    assertThat(flow.node("b").cause().orElseThrow().code()).isEqualTo("INPUT_TOO_LARGE");
    assertThat(flow.state()).isEqualTo("FAILED");
  }

  @Test
  void a_cancel_ends_a_node_whose_input_is_not_stored_yet() {
    Started flow = bench.start(chain("all", task("a"), task("b")));
    flow.succeed("a", "\"" + "x".repeat(300_000) + "\"");
    assertThat(flow.state("b")).isEqualTo(NodeState.RUNNING);
    assertThat(bench.count("workflow_input")).isOne();
    flow.cancel();

    assertThat(flow.state()).isEqualTo("CANCELLED");
    assertThat(bench.count("workflow_input")).isZero();
  }

  @Test
  void the_deletion_of_its_queue_fails_what_would_start_there() {
    Started flow = bench.start(chain("all", task("a"), task("b")));
    bench.claimAll();
    Postgres.run(bench.database, "UPDATE queue SET intake = 3");
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
    Postgres.run(bench.database, "UPDATE task SET expire_time = now() - interval '1 s'");
    Postgres.run(
        bench.database, "INSERT INTO task_deadline SELECT now() - interval '1 s', id FROM task");
    bench.submit(bench.parts.expiry, 10);

    assertThat(flow.state()).isEqualTo("FAILED");
    assertThat(flow.now().status().cause().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
  }
}
