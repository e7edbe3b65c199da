package io.tasklane.cli.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.StartWorkflowRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/workflows.md shows is what the command accepts. */
class WorkflowsPageTest {
  private static final Path PAGE = Path.of("../docs/workflows.md");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern SHELL = Pattern.compile("(?s)```\n(tasklane .*?)```");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Of a workflow that has ended badly, as the one of the server of this test has. */
  private static final int FAILED = 3;

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

  private static List<String> found(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
  }

  private String file(String content) throws IOException {
    return file("morning.json", content);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void every_workflow_is_read_and_its_payloads_stand_as_json() throws IOException {
    List<String> all = found(JSON);
    assertThat(all).isNotEmpty();
    for (String json : all) {
      CommandRun run = run("workflow", "start", "-f", file(json));
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    StartWorkflowRequest first = (StartWorkflowRequest) server.workflows.asked.get(0);
    assertThat(first.getWorkflow().getInputsOrThrow("symbols").getInline().toStringUtf8())
        .isEqualTo("[\"AAPL\",\"MSFT\"]");
  }

  @Test
  void every_command_line_is_accepted() throws IOException {
    String json = file(found(JSON).get(0));
    String yaml = file("close.yaml", found(YAML).get(0));
    List<String> lines =
        found(SHELL).stream()
            .flatMap(String::lines)
            .flatMap(line -> Arrays.stream(line.split(" {2,}")))
            .toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(10);
    for (String line : lines) {
      CommandRun run = run(words(line.replace("morning.json", json).replace("close.yaml", yaml)));
      assertThat(run.exitCode()).as(line + ": " + run.err()).isIn(0, FAILED);
      assertThat(run.err()).as(line).doesNotContain("Usage:");
    }
    List<String> counted =
        lines.stream().filter(line -> line.matches("tasklane (workflow|fact|trigger) .*")).toList();
    int asked =
        server.workflows.asked.size() + server.facts.asked.size() + server.triggers.asked.size();
    assertThat(asked).isGreaterThanOrEqualTo(counted.size());
  }

  @Test
  void every_template_is_read_as_it_stands() throws IOException {
    CommandRun run = run("apply", "-f", file("close.yaml", found(YAML).get(0)));
    assertThat(run.exitCode()).as(run.err()).isZero();
    var template = server.templates.stored.get("workflowTemplates/close");
    assertThat(template.getWorkflow().getInputsOrThrow("symbols").getInline().toStringUtf8())
        .isEqualTo("[\"AAPL\",\"TRUE\"]");
    assertThat(template.getInputSchema()).contains("\"required\":[\"desk\"]");
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    for (MatchResult word : WORD.matcher(line).results().toList()) {
      for (int group = 1; group <= word.groupCount(); group++) {
        if (word.group(group) != null) {
          words.add(word.group(group));
        }
      }
    }
    assertThat(words.remove(0)).isEqualTo("tasklane");
    return words.toArray(String[]::new);
  }
}
