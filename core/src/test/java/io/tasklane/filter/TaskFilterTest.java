package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.TaskState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFilterTest {

  @Test
  void every_field_of_a_task_filter_is_read() {
    TaskFilter filter =
        TaskFilter.parse(
            "(state = QUEUED OR state = STATE_RUNNING) AND queue = \"queues/DATA_FETCHER\""
                + " AND task_type = news_monitoring AND priority = 10 AND labels.desk = \"us eq\"");

    assertThat(filter.states()).containsExactlyInAnyOrder(TaskState.QUEUED, TaskState.RUNNING);
    assertThat(filter.queue()).contains("DATA_FETCHER");
    assertThat(filter.taskType()).contains("news_monitoring");
    assertThat(filter.priority()).contains(10);
    assertThat(filter.labels()).isEqualTo(Map.of("desk", "us eq"));
  }

  @Test
  void a_blank_filter_wants_every_task() {
    TaskFilter filter = TaskFilter.parse("");

    assertThat(filter.states()).isEmpty();
    assertThat(filter.queue()).isEmpty();
    assertThat(filter.labels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state = DONE | SCHEDULED, BLOCKED, QUEUED",
        "state != QUEUED | state takes = only",
        "priority = 11 | 1 to 10",
        "priority = 0 | 1 to 10",
        "name = x | state, queue, task_type, priority and labels.KEY",
        "labels. = x | labels.KEY",
        "queue = A AND queue = B | queue stands twice",
        "state = QUEUED AND state = FAILED | state stands twice",
        "labels.a = 1 AND labels.a = 2 | labels.a stands twice",
        "queue = A OR queue = B | between states only",
        "state = QUEUED OR queue = B | between states only",
      })
  void what_a_list_cannot_ask_for_is_refused_with_what_it_can(String text, String says) {
    assertThatThrownBy(() -> TaskFilter.parse(text))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("position")
        .hasMessageContaining(says);
  }
}
