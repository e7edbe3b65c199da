package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.event.LogEvent;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueCountersTest {
  private static final Instant NINE = Instant.parse("2026-03-04T09:00:00Z");
  private final QueueFold fold = new QueueFold();

  private void move(TaskState from, Move move, int secondsInState) {
    LogEvent event = Moved.task(1, 5, from, move, NINE, NINE.plusSeconds(secondsInState));
    fold.apply(event);
  }

  @Test
  void a_task_that_fails_once_and_then_succeeds_counts_two_runs_two_waits_and_one_retry() {
    move(null, Move.SUBMIT, 0);
    move(TaskState.QUEUED, Move.CLAIM, 3);
    move(TaskState.RUNNING, Move.RETRY_LATER, 5);
    move(TaskState.RETRY_WAIT, Move.COME_DUE, 1);
    move(TaskState.QUEUED, Move.CLAIM, 1);
    move(TaskState.RUNNING, Move.SUCCEED, 7);

    QueueCounters counters = fold.counters();
    assertThat(counters.created()).isOne();
    assertThat(counters.retried()).isOne();
    assertThat(counters.ended()).isEqualTo(Map.of(TaskState.SUCCEEDED, 1L));
    assertThat(counters.runs().count()).isEqualTo(2);
    assertThat(counters.runs().sum()).isEqualTo(12);
    assertThat(counters.waits().count()).isEqualTo(2);
    assertThat(counters.waits().sum()).isEqualTo(4);
    assertThat(counters.leasesLost()).isZero();
    assertThat(counters.running()).isEmpty();
  }

  @Test
  void every_way_to_end_is_counted_apart_and_a_lost_lease_is_no_run() {
    move(TaskState.RUNNING, Move.LOSE_LEASE, 2);
    move(TaskState.RUNNING, Move.FAIL, 2);
    move(TaskState.QUEUED, Move.CANCEL, 2);
    move(TaskState.CANCELLING, Move.CANCEL, 2);
    QueueCounters counters = fold.counters();
    assertThat(counters.leasesLost()).isOne();
    assertThat(counters.ended()).isEqualTo(Map.of(TaskState.FAILED, 1L, TaskState.CANCELLED, 2L));
    assertThat(counters.runs().count()).isOne();
    assertThat(counters.created()).isZero();
  }

  @Test
  void what_runs_is_named_from_its_claim_until_it_has_stopped() {
    move(TaskState.QUEUED, Move.CLAIM, 4);
    assertThat(fold.counters().running())
        .containsExactly(new QueueCounters.Running("tasks/x", "t", NINE.plusSeconds(4)));
    move(TaskState.RUNNING, Move.REQUEST_CANCEL, 6);
    assertThat(fold.counters().running())
        .as("it still runs, and since its claim")
        .containsExactly(new QueueCounters.Running("tasks/x", "t", NINE.plusSeconds(4)));
    move(TaskState.CANCELLING, Move.CANCEL, 9);
    assertThat(fold.counters().running()).isEmpty();
  }

  @Test
  void what_ran_at_the_beginning_is_named_too() {
    fold.begin(new TaskKey(1), new QueueCounters.Running("tasks/x", "t", NINE));
    assertThat(fold.counters().running()).hasSize(1);
    move(TaskState.RUNNING, Move.SUCCEED, 9);
    assertThat(fold.counters().running()).isEmpty();
  }
}
