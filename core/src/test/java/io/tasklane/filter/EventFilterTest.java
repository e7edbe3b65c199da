package io.tasklane.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
  private static final LogEvent STARTED =
      new LogEvent(
          7,
          9,
          LogEvent.TASK_STATE_CHANGED,
          "tasks/sync-1",
          "PORTFOLIO_SYNC",
          Optional.of(
              new TaskChange(
                  new TaskKey(1),
                  "update_positions",
                  5,
                  Optional.of(Move.CLAIM),
                  Optional.of(TaskState.QUEUED),
                  TaskState.RUNNING,
                  1,
                  2,
                  Optional.empty(),
                  Optional.empty())),
          "{}",
          "system:owner",
          Instant.EPOCH);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "event_type = \"task.state_changed\"",
        "event_type : task.",
        "subject = tasks/sync-1 AND queue = queues/PORTFOLIO_SYNC",
        "queue = PORTFOLIO_SYNC AND queue != AI_ANALYSIS",
        "task_type = update_positions AND state = RUNNING",
        "state = STATE_RUNNING OR state = FAILED",
        "state : RUN",
      })
  void an_event_that_fits_passes(String filter) {
    assertThat(EventFilter.parse(filter)).accepts(STARTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event_type = task.progress",
        "event_type : queue.",
        "subject = tasks/sync-1 AND state = QUEUED",
        "queue != queues/PORTFOLIO_SYNC",
        "state != RUNNING",
        "task_type = news_monitoring OR state = FAILED",
      })
  void an_event_that_does_not_fit_is_left_out(String filter) {
    assertThat(EventFilter.parse(filter)).rejects(STARTED);
  }

  @Test
  void an_event_about_a_queue_has_no_task_type_and_no_state() {
    LogEvent paused =
        new LogEvent(
            7,
            10,
            LogEvent.QUEUE_CHANGED,
            "queues/AI_ANALYSIS",
            "AI_ANALYSIS",
            Optional.empty(),
            "{}",
            "anonymous",
            Instant.EPOCH);

    assertThat(EventFilter.parse("state = RUNNING")).rejects(paused);
    assertThat(EventFilter.parse("state != RUNNING AND task_type != news")).accepts(paused);
    assertThat(EventFilter.parse("state : RUN")).rejects(paused);
  }

  @Test
  void a_time_is_compared_by_bounds_with_the_first_moment_included() {
    Instant start = Instant.EPOCH;
    assertThat(EventFilter.parse(since(start))).accepts(STARTED);
    assertThat(EventFilter.parse(since(start.plusNanos(1_000)))).rejects(STARTED);
    EventFilter until = EventFilter.parse("event_time < \"1970-01-01T00:00:00Z\"");
    assertThat(until).rejects(STARTED);
    assertThat(until.time().until()).contains(start);
    assertThatThrownBy(() -> EventFilter.parse("state = FAILED OR " + since(start)))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("position 19")
        .hasMessageContaining("OR is not allowed with event_time");
    assertThatThrownBy(() -> EventFilter.parse("event_time = \"1970-01-01T00:00:00Z\""))
        .hasMessageContaining("event_time takes <, <=, > and >= only");
  }

  private static String since(Instant time) {
    return "event_time >= \"" + time + "\"";
  }

  @Test
  void an_unknown_field_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> EventFilter.parse("queue = A AND name = b"))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("position 15")
        .hasMessageContaining("event_type, subject, queue, task_type, state and event_time");
  }
}
