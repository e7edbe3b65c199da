package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFilterTest {

  @Test
  void every_field_of_a_task_filter_is_read() {
    TaskFilter filter =
        TaskFilter.parse(
            "(state = QUEUED OR state = STATE_RUNNING) AND queue = \"queues/DATA_FETCHER\""
                + " AND task_type = news_monitoring AND priority = 10 AND labels.desk = \"us eq\""
                + " AND failure.code = FEED_DOWN");

    assertThat(filter.states()).containsExactlyInAnyOrder(TaskState.QUEUED, TaskState.RUNNING);
    assertThat(filter.queue()).contains("DATA_FETCHER");
    assertThat(filter.taskType()).contains("news_monitoring");
    assertThat(filter.priority()).contains(10);
    assertThat(filter.labels()).isEqualTo(Map.of("desk", "us eq"));
    assertThat(filter.failureCode()).contains("FEED_DOWN");
  }

  @Test
  void a_blank_filter_wants_every_task() {
    TaskFilter filter = TaskFilter.parse("");

    assertThat(filter.states()).isEmpty();
    assertThat(filter.queue()).isEmpty();
    assertThat(filter.labels()).isEmpty();
    assertThat(filter.createTime().isUnbounded()).isTrue();
    assertThat(filter.endTime().isUnbounded()).isTrue();
  }

  @Test
  void bounds_of_a_time_make_a_span_in_whole_microseconds() {
    TaskFilter filter =
        TaskFilter.parse(
            "create_time >= \"2026-11-23T09:30:00Z\""
                + " AND create_time < \"2026-11-23T10:00:00+00:30\""
                + " AND end_time > \"2026-11-23T09:30:00.0000001Z\""
                + " AND end_time <= \"2026-11-23T09:30:00.0000019Z\"");

    Instant open = Instant.parse("2026-11-23T09:30:00Z");
    assertThat(filter.createTime()).isEqualTo(span(open, open));
    assertThat(filter.endTime()).isEqualTo(span(open.plusNanos(1_000), open.plusNanos(2_000)));
  }

  @Test
  void a_bound_between_two_microseconds_leaves_out_the_one_before_it() {
    TimeRange range = TaskFilter.parse("end_time >= \"2026-11-23T09:30:00.0000001Z\"").endTime();

    assertThat(range.from()).contains(Instant.parse("2026-11-23T09:30:00.000001Z"));
  }

  private static TimeRange span(Instant from, Instant until) {
    return new TimeRange(Optional.of(from), Optional.of(until));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state = DONE | SCHEDULED, BLOCKED, QUEUED",
        "state != QUEUED | state takes = only",
        "priority = 11 | 1 to 10",
        "priority = 0 | 1 to 10",
        "name = x | state, queue, task_type, priority, labels.KEY, create_time, end_time and",
        "labels. = x | labels.KEY",
        "queue = A AND queue = B | queue stands twice",
        "state = QUEUED AND state = FAILED | state stands twice",
        "labels.a = 1 AND labels.a = 2 | labels.a stands twice",
        "create_time = \"2026-11-23T09:30:00Z\" | create_time takes <, <=, > and >= only",
        "create_time > yesterday | RFC 3339",
        "create_time > \"2026-11-23\" | RFC 3339",
        "end_time > \"+99999-01-01T00:00:00Z\" | RFC 3339",
        "end_time > \"2026-11-23T09:30:00Z\" AND end_time >= \"2026-11-23T09:30:00Z\" | twice",
        "priority >= 5 | priority takes = only, not >=",
        "failure.code = A AND failure.code = B | failure.code stands twice",
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
