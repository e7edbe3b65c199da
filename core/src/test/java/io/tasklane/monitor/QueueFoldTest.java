package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.event.TaskChange;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueueStats;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueFoldTest {
  private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final QueueFold fold = new QueueFold();

  @Test
  void figures_follow_the_events() {
    fold.apply(Moved.task(1, 7, null, Move.SUBMIT, null, NINE));
    fold.apply(Moved.task(2, 7, null, Move.SUBMIT, null, NINE));
    fold.apply(Moved.task(3, 2, null, Move.SUBMIT, null, NINE));
    fold.apply(Moved.task(4, 7, TaskState.QUEUED, Move.CLAIM, NINE, NINE.plusSeconds(3)));
    fold.apply(
        Moved.task(
            5, 7, TaskState.RUNNING, Move.SUCCEED, NINE.plusSeconds(3), NINE.plusSeconds(8)));

    QueueStats figures = figures();
    assertThat(figures.depth()).isEqualTo(2);
    assertThat(figures.depthByPriority()).isEqualTo(Map.of(7, 1L, 2, 1L));
    assertThat(figures.countByState())
        .isEqualTo(Map.of(TaskState.QUEUED, 2L, TaskState.SUCCEEDED, 1L));
    assertThat(figures.addRate()).isEqualTo(3 / 60.0);
    assertThat(figures.dispatchRate()).isEqualTo(1 / 60.0);
    assertThat(figures.successRate()).isEqualTo(1 / 60.0);
    assertThat(figures.failureRate()).isZero();
    assertThat(figures.waitDurationP95()).contains(Duration.ofSeconds(3));
    assertThat(figures.runDurationP50()).contains(Duration.ofSeconds(5));
    assertThat(figures.revision()).isEqualTo(5);
  }

  @Test
  void a_failure_for_good_counts_as_a_dead_letter_and_a_retry_does_not() {
    fold.begin(TaskState.RUNNING, 5, 2);
    fold.apply(Moved.task(1, 5, TaskState.RUNNING, Move.RETRY_LATER, NINE, NINE));
    fold.apply(Moved.task(2, 5, TaskState.RUNNING, Move.FAIL, NINE, NINE));
    assertThat(figures().deadLetterCount()).isOne();
    assertThat(figures().failureRate()).isEqualTo(1 / 60.0);
    assertThat(figures().countByState())
        .isEqualTo(Map.of(TaskState.RETRY_WAIT, 1L, TaskState.FAILED, 1L));
  }

  @Test
  void a_discarded_dead_letter_counts_no_more_and_a_replayed_one_still_does() {
    fold.begin(TaskState.FAILED, 5, 9);
    fold.beginDeadLetters(3);
    fold.apply(deadLetter(LogEvent.DEAD_LETTER_REPLAYED, 1));
    fold.apply(deadLetter(LogEvent.DEAD_LETTER_DISCARDED, 2));
    assertThat(figures().deadLetterCount()).isEqualTo(2);
    assertThat(figures().countByState()).isEqualTo(Map.of(TaskState.FAILED, 9L));
    assertThat(figures().revision()).isEqualTo(2);
  }

  private static LogEvent deadLetter(String type, long revision) {
    return new LogEvent(
        revision, revision, type, "deadLetters/x", "Q", Optional.empty(), "{}", "", NINE);
  }

  @Test
  void a_report_of_progress_moves_nothing() {
    fold.begin(TaskState.RUNNING, 5, 1);
    TaskChange change =
        new TaskChange(
            new TaskKey(1),
            "t",
            5,
            Optional.empty(),
            Optional.empty(),
            TaskState.RUNNING,
            1,
            2,
            Optional.empty(),
            Optional.empty());
    fold.apply(
        new LogEvent(
            9, 9, LogEvent.TASK_PROGRESS, "tasks/x", "Q", Optional.of(change), "{}", "", NINE));
    assertThat(figures().countByState()).isEqualTo(Map.of(TaskState.RUNNING, 1L));
    assertThat(figures().revision()).isEqualTo(9);
  }

  @Test
  void tasks_that_are_removed_count_no_more() {
    fold.begin(TaskState.SUCCEEDED, 5, 12);
    fold.begin(TaskState.FAILED, 5, 4);
    fold.beginDeadLetters(3); // one was discarded before
    fold.apply(removed(TaskState.SUCCEEDED, 7, 0));
    fold.apply(removed(TaskState.FAILED, 3, 2));
    assertThat(figures().countByState())
        .isEqualTo(Map.of(TaskState.SUCCEEDED, 5L, TaskState.FAILED, 1L));
    assertThat(figures().deadLetterCount()).isOne();
  }

  private static LogEvent removed(TaskState state, int count, int deadLetters) {
    return new LogEvent(
        9,
        9,
        LogEvent.TASKS_REMOVED,
        "queues/Q",
        "Q",
        Optional.empty(),
        "{}",
        "",
        NINE,
        "",
        Optional.of(new Removal(state, count, deadLetters)));
  }

  @Test
  void the_estimate_is_depth_over_the_rate_at_which_it_shrinks() {
    fold.begin(TaskState.QUEUED, 5, 121);
    fold.apply(Moved.task(1, 5, TaskState.QUEUED, Move.CLAIM, NINE, NINE));
    assertThat(figures().emptyEstimate()).contains(Duration.ofSeconds(120 * 60));
  }

  @Test
  void a_queue_that_does_not_shrink_has_no_estimate_and_an_empty_one_needs_no_time() {
    assertThat(figures().emptyEstimate()).contains(Duration.ZERO);
    fold.apply(Moved.task(1, 5, null, Move.SUBMIT, null, NINE));
    assertThat(figures().emptyEstimate()).isEmpty();
  }

  private QueueStats figures() {
    return fold.figures(NINE.plusSeconds(10), MINUTE, Optional.empty());
  }
}
