package io.tasklane.ingress.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.json.JsonValue;
import io.tasklane.task.TaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What docs/jms.md shows is what is read. */
class JmsPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/jms.md"));
  }

  @Test
  void the_message_of_the_page_is_a_task() throws IOException {
    String message = page().split("```")[1];
    TaskRequest task =
        TaskMessage.read(
            JsonValue.tree(message), MessageHeaders.NONE, type -> Optional.empty(), Instant.EPOCH);
    assertThat(task.queue()).isEqualTo("NEWS");
    assertThat(task.taskType()).isEqualTo("system.echo");
    assertThat(task.priority().value()).isEqualTo(9);
    assertThat(task.input().text()).isEqualTo("{\"symbols\":[\"AAPL\"]}");
  }

  @Test
  void the_page_names_every_field() throws IOException {
    String page = page();
    assertThat(TaskMessage.KNOWN).allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
  }
}
