package io.tasklane.cli.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.ForecastWorkflowRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When workflows end, on the command line. */
class WorkflowForecastTest {
  @TempDir private Path folder;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private ForecastWorkflowRequest asked() {
    return (ForecastWorkflowRequest) server.workflows.asked.get(0);
  }

  @Test
  void a_forecast_is_told_in_words_with_a_table_of_the_nodes() {
    CommandRun run = run("workflow", "forecast", "w");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(asked().getName()).isEqualTo("workflows/w");
    assertThat(run.out().lines())
        .containsExactly(
            "ends: about 2027-01-15T08:00:00Z, and with a probability of 90 % by"
                + " 2027-01-15T08:01:00Z",
            "misses its deadline: 12 %",
            "critical path: a > b",
            "assumed: what w waits for comes at once",
            "NODE  WAIT P50  RUN P50  ENDS P50              ENDS P90              SLACK   CRITICAL",
            "a     1.500s    9.000s   2027-01-15T08:00:00Z  2027-01-15T08:01:00Z  2.000s  75 %");
  }

  @Test
  void where_nothing_can_be_said_it_says_why() {
    assertThat(run("workflow", "forecast", "new").out())
        .isEqualTo("ends: unknown, known are 3 of t in queues/Q\n");
  }

  @Test
  void one_that_was_not_started_comes_from_a_file_or_a_template() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("w.json"), "{\"root\":{\"node_id\":\"a\"},\"display_name\":\"d\"}");
    run("workflow", "forecast", "-f", file.toString(), "--input", "n=1");
    assertThat(asked().getWorkflow().getDisplayName()).isEqualTo("d");
    assertThat(asked().getWorkflow().getInputsMap()).containsOnlyKeys("n");
    server.workflows.asked.clear();
    run("workflow", "forecast", "--template", "morning@2", "--input", "n=1", "-o", "json");
    assertThat(asked().getTemplate()).isEqualTo("workflowTemplates/morning@2");
    assertThat(asked().getInputsMap()).containsOnlyKeys("n");
  }

  @Test
  void exactly_one_workflow_is_asked_about() {
    CommandRun none = run("workflow", "forecast");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("it takes one of WORKFLOW, --file and --template");
    assertThat(run("workflow", "forecast", "w", "--template", "t").exitCode()).isEqualTo(2);
    assertThat(run("workflow", "forecast", "w", "--input", "n=1").err())
        .contains("--input is allowed with --file or --template");
  }
}
