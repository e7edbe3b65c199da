package io.tasklane.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.StartWorkflowRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
  private static final String YAML =
      """
      kind: WorkflowTemplate
      name: t
      description: %s
      workflow:
        root:
          node_id: a
          task: {queue: queues/%s, task_type: system.echo}
      """;

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
    return Files.writeString(folder.resolve("t.yaml"), content).toString();
  }

  @Test
  void a_file_creates_changes_and_leaves_alone() throws IOException {
    String name = "workflowTemplates/t";
    assertThat(run("apply", "-f", file(YAML.formatted("one", "Q"))).out().strip())
        .isEqualTo("created " + name);
    assertThat(run("apply", "-f", file(YAML.formatted("one", "Q"))).out().strip())
        .isEqualTo("unchanged " + name);
    assertThat(run("apply", "-f", file(YAML.formatted("two", "Q"))).out().strip())
        .isEqualTo("changed " + name);
    assertThat(server.templates.stored.get(name).getVersion()).isEqualTo(2);
  }

  @Test
  void a_dry_run_prints_the_difference_and_changes_nothing() throws IOException {
    CommandRun first = run("apply", "--dry-run", "-f", file(YAML.formatted("one", "Q")));
    assertThat(first.out().lines())
        .startsWith("would create workflowTemplates/t", "+ kind: WorkflowTemplate", "+ name: t");
    assertThat(server.templates.stored).isEmpty();
    run("apply", "-f", file(YAML.formatted("one", "Q")));
    CommandRun second = run("apply", "--dry-run", "-f", file(YAML.formatted("two", "R")));
    assertThat(second.out().lines())
        .containsExactly(
            "would change workflowTemplates/t",
            "  kind: WorkflowTemplate",
            "  name: t",
            "- description: one",
            "+ description: two",
            "  workflow:",
            "    root:",
            "      node_id: a",
            "      task:",
            "-       queue: queues/Q",
            "+       queue: queues/R",
            "        task_type: system.echo");
    assertThat(server.templates.stored.get("workflowTemplates/t").getVersion()).isEqualTo(1);
  }

  @Test
  void what_the_server_refuses_is_said_with_the_line() throws IOException {
    String file = file("# a comment\n" + YAML.formatted("one", "ABSENT"));
    CommandRun run = run("apply", "-f", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "-f " + file + ": line 8, workflow.root.task.queue: there is no queue \"ABSENT\"");
  }

  @Test
  void nothing_is_sent_where_one_document_cannot_be_read() throws IOException {
    String file = file(YAML.formatted("one", "Q") + "---\nkind: WorkflowTemplate\nname: 7\n");
    CommandRun run = run("apply", "-f", file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("-f " + file + ": line 10, name: here stands 7");
    assertThat(server.templates.stored).isEmpty();
    assertThat(run("apply", "-f", folder.resolve("none").toString()).err())
        .contains("there is no such file");
  }

  @Test
  void a_template_that_is_printed_can_be_applied_again() throws IOException {
    run("apply", "-f", file(YAML.formatted("one", "Q")));
    CommandRun printed = run("template", "get", "t");
    assertThat(printed.out()).startsWith("# version 1\nkind: WorkflowTemplate\nname: t\n");
    assertThat(run("apply", "-f", file(printed.out())).out().strip())
        .isEqualTo("unchanged workflowTemplates/t");
    assertThat(run("template", "list").out()).contains("workflowTemplates/t", "one");
    assertThat(run("template", "delete", "t").out().strip())
        .isEqualTo("deleted workflowTemplates/t");
    assertThat(server.templates.stored).isEmpty();
  }

  @Test
  void a_workflow_is_started_from_a_template_with_inputs_of_its_own() {
    CommandRun run = run("workflow", "start", "--template", "t@3", "--input", "n=1.50");
    assertThat(run.exitCode()).as(run.err()).isZero();
    StartWorkflowRequest asked = (StartWorkflowRequest) server.workflows.asked.get(0);
    assertThat(asked.getTemplate()).isEqualTo("workflowTemplates/t@3");
    assertThat(asked.getWorkflow().getInputsOrThrow("n").getInline().toStringUtf8())
        .isEqualTo("1.50");
    assertThat(run("workflow", "start").exitCode()).isEqualTo(2);
    assertThat(run("workflow", "start", "--template", "t", "-f", "x").exitCode()).isEqualTo(2);
  }
}
