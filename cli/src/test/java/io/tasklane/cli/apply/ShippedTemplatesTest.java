package io.tasklane.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The templates in examples/templates are applied as they stand, and said to be there. */
class ShippedTemplatesTest {
  private static final Path FOLDER = Path.of("../examples/templates");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @Test
  void each_is_applied_under_the_name_of_its_file() throws IOException {
    try (FakeServer server = FakeServer.start(UnaryOperator.identity())) {
      for (Path file : files()) {
        CommandRun run =
            CommandRun.of(
                Map.of("TASKLANE_SERVER", server.address()), "apply", "-f", file.toString());
        String id = file.getFileName().toString().replace(".yaml", "");
        assertThat(run.out().strip()).as(run.err()).isEqualTo("created workflowTemplates/" + id);
      }
      assertThat(server.templates.stored.keySet())
          .containsExactly(
              "workflowTemplates/conditional",
              "workflowTemplates/event-driven",
              "workflowTemplates/morning",
              "workflowTemplates/parallel",
              "workflowTemplates/sequential");
    }
  }

  @Test
  void the_page_about_workflows_names_each() throws IOException {
    String page = Files.readString(Path.of("../docs/workflows.md"));
    for (Path file : files()) {
      assertThat(page).contains("../examples/templates/" + file.getFileName());
    }
  }
}
