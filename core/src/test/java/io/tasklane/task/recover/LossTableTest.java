package io.tasklane.task.recover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.state.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is counted when a run ends with its node is what the table of the contract says. */
class LossTableTest {
  private static final Path CONTRACT = Path.of("../proto/src/main/proto/tasklane/v1/task.proto");
  private static final Map<String, Loss> LOSSES =
      Map.of(
          "its node is stopped in order", Loss.PLANNED,
          "its node was lost, with other runs on it", Loss.BESIDE_OTHERS,
          "its node was lost, with nothing else on it", Loss.ALONE,
          "its worker releases it, or leaves in order", Loss.PLANNED,
          "its worker was lost, with other runs on it", Loss.BESIDE_OTHERS,
          "its worker was lost, with nothing else on it", Loss.ALONE);

  private static List<List<String>> table() throws IOException {
    return Files.readAllLines(CONTRACT).stream()
        .map(String::strip)
        .dropWhile(line -> !line.startsWith("// | The run ends because |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("// |"))
        .map(line -> List.of(line.substring("// | ".length()).split(" \\|( |$)")))
        .toList();
  }

  private static String told(String cause) {
    Loss loss = LOSSES.get(cause);
    LostLease first = LostLease.of(TaskState.RUNNING, 1, 0, 0, loss);
    LostLease second = LostLease.of(TaskState.RUNNING, 1, 1, 1, loss);
    LostLease third = LostLease.of(TaskState.RUNNING, 1, 2, 0, loss);
    assertThat(first.to()).isEqualTo(second.to());
    String end = third.to() == first.to() ? "" : "; " + third.to() + " from lost_count 3 on";
    return "+%d, +%d, %s%s".formatted(first.lostCount(), first.lostAloneCount(), first.to(), end);
  }

  @Test
  void the_table_of_the_contract_says_what_core_counts() throws IOException {
    List<List<String>> table = table();
    assertThat(table).hasSize(LOSSES.size());
    assertThat(
            table.stream()
                .collect(
                    Collectors.toMap(
                        row -> row.get(0), row -> String.join(", ", row.subList(1, 4)))))
        .isEqualTo(
            LOSSES.keySet().stream()
                .collect(Collectors.toMap(cause -> cause, LossTableTest::told)));
  }

  @Test
  void what_was_being_cancelled_is_cancelled_whatever_is_counted() {
    for (Loss loss : Loss.values()) {
      assertThat(LostLease.of(TaskState.CANCELLING, 1, 5, 5, loss).to())
          .isEqualTo(TaskState.CANCELLED);
    }
  }
}
