package io.tasklane.cli.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.DecideNodeRequest;
import io.tasklane.v1.DeleteWorkflowRequest;
import io.tasklane.v1.PauseWorkflowRequest;
import io.tasklane.v1.RetryWorkflowRequest;
import io.tasklane.v1.StartWorkflowRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowCommandTest {
  @TempDir private Path folder;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("flow.json"), content).toString();
  }

  @Test
  void a_workflow_is_started_from_a_file_whose_payloads_stand_as_json() throws IOException {
    String file =
        file(
            """
            {"root": {"node_id": "a", "task": {"queue": "queues/Q", "task_type": "system.echo",
              "input": {"inline": {"n": 1.50}}}},
             "inputs": {"s": {"inline": ["A", "B"]}}}""");
    CommandRun run =
        run("workflow", "start", "-f", file, "--id", "w", "--input", "x=7", "--request-id", "r");
    assertThat(run.exitCode()).as(run.err()).isZero();
    StartWorkflowRequest asked = (StartWorkflowRequest) server.workflows.asked.get(0);
    assertThat(asked.getWorkflowId()).isEqualTo("w");
    assertThat(asked.getRequestId()).isEqualTo("r");
    assertThat(asked.getWorkflow().getRoot().getTask().getInput().getInline().toStringUtf8())
        .isEqualTo("{\"n\":1.50}");
    assertThat(asked.getWorkflow().getInputsOrThrow("s").getInline().toStringUtf8())
        .isEqualTo("[\"A\",\"B\"]");
    assertThat(asked.getWorkflow().getInputsOrThrow("x").getInline().toStringUtf8()).isEqualTo("7");
    assertThat(run.out().lines())
        .containsExactly(
            "workflows/w  RUNNING",
            "  all  RUNNING",
            "    a  RUNNING  tasks/1",
            "    e  -",
            "      t  -");
  }

  @Test
  void a_file_that_says_a_thing_twice_or_wrongly_is_refused_with_its_place() throws IOException {
    for (Map.Entry<String, List<String>> wrong :
        Map.of(
                "{\"root\": {\n \"node_id\": \"a\",\n \"node_id\": \"b\"}}",
                List.of("line 3", "\"node_id\" stands twice"),
                "{\"rooot\": {}}",
                List.of("rooot"),
                "{\"root\": {} x",
                List.of("line 1"),
                "",
                List.of("too early"))
            .entrySet()) {
      CommandRun run = run("workflow", "start", "-f", file(wrong.getKey()));
      assertThat(run.exitCode()).as(wrong.getKey()).isEqualTo(2);
      assertThat(run.err()).contains("-f ").contains(wrong.getValue());
    }
    assertThat(run("workflow", "start", "-f", folder.resolve("none").toString()).err())
        .contains("there is no such file");
    assertThat(server.workflows.asked).isEmpty();
  }

  @Test
  void watching_draws_the_tree_until_the_end_and_a_failure_is_an_exit_code() {
    CommandRun run = run("workflow", "watch", "w");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("workflows/w  RUNNING")
        .endsWith(
            """
            workflows/w  FAILED  BROKEN: it broke
              all  RUNNING
                a  SUCCEEDED
                e  -
                  t  1 SUCCEEDED, 1 FAILED
            """);
  }

  @Test
  void steering_names_the_workflow_the_nodes_and_the_reason() {
    assertThat(run("workflow", "pause", "w", "--reason", "lunch").out()).contains("paused");
    run("workflow", "retry", "workflows/w", "--node", "a", "--node", "t.1");
    run("workflow", "delete", "w", "--etag", "\"3\"");
    CommandRun decided =
        run("workflow", "decide", "w", "ok", "approve", "--as", "user:ann", "--reason", "fine");

    PauseWorkflowRequest pause = (PauseWorkflowRequest) server.workflows.asked.get(0);
    assertThat(pause.getName()).isEqualTo("workflows/w");
    assertThat(pause.getReason()).isEqualTo("lunch");
    assertThat(pause.getRequestId()).isNotEmpty();
    RetryWorkflowRequest retry = (RetryWorkflowRequest) server.workflows.asked.get(1);
    assertThat(retry.getName()).isEqualTo("workflows/w");
    assertThat(retry.getNodes(1).getNodeId()).isEqualTo("t");
    assertThat(retry.getNodes(1).getIndexList()).containsExactly(1);
    assertThat(((DeleteWorkflowRequest) server.workflows.asked.get(2)).getEtag())
        .isEqualTo("\"3\"");
    DecideNodeRequest decide = (DecideNodeRequest) server.workflows.asked.get(3);
    assertThat(decide.getDecision()).isEqualTo(DecideNodeRequest.Decision.DECISION_APPROVE);
    assertThat(decide.getPrincipal()).isEqualTo("user:ann");
    assertThat(decided.out()).contains("ok  SUCCEEDED");
    assertThat(run("workflow", "retry", "w", "--node", "t.x").exitCode()).isEqualTo(2);
  }

  @Test
  void a_workflow_is_printed_as_a_diagram_and_nothing_else_is() {
    assertThat(run("workflow", "get", "w", "-o", "mermaid").out())
        .contains("flowchart TD", "subgraph n0 [\"all ");
    CommandRun refused = run("workflow", "list", "-o", "mermaid");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("only \"tasklane workflow get\" prints a diagram");
  }

  @Test
  void a_list_has_a_line_for_each() {
    CommandRun run = run("workflow", "list", "--filter", "state = RUNNING");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("workflows/w", "RUNNING");
  }
}
