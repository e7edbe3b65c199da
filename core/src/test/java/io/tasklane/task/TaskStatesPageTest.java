package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.state.MoveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page people read, docs/task-states.md, shows the table the system runs by. */
class TaskStatesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "task-states.md");
  private static final String BEGIN = "```mermaid\n";
  private static final String END = "```\n";

  @Test
  void the_page_shows_the_table_that_is_in_use() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END, from);
    if (Boolean.getBoolean("task-states.write")) {
      page = page.substring(0, from) + MoveTable.STANDARD.toMermaid() + page.substring(to);
      Files.writeString(PAGE, page);
      return;
    }
    assertThat(page.substring(from, to))
        .as(
            "docs/task-states.md is older than the table; write it anew with"
                + " mvn -pl core test -Dtest=TaskStatesPageTest -Dtask-states.write=true")
        .isEqualTo(MoveTable.STANDARD.toMermaid());
  }

  @Test
  void the_page_explains_every_move_and_every_state_it_shows() throws IOException {
    String page = Files.readString(PAGE);
    for (MoveTable.Line line : MoveTable.STANDARD.lines()) {
      assertThat(page).contains("| `" + line.move() + "` |").contains("| `" + line.to() + "` |");
    }
  }

  @Test
  void the_contract_of_the_event_lists_every_move_and_no_other() throws IOException {
    String proto =
        Files.readString(Path.of("..", "proto/src/main/proto/tasklane/v1/event_service.proto"));
    int from = proto.indexOf("move (", proto.indexOf("task.state_changed: queue"));
    String list = proto.substring(from + "move (".length(), proto.indexOf(')', from));
    assertThat(list.replace("//", "").trim().split("[,\\s]+"))
        .containsExactlyInAnyOrder(
            MoveTable.STANDARD.lines().stream()
                .map(line -> line.move().name())
                .distinct()
                .toArray(String[]::new));
  }
}
