package io.tasklane.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.QueueKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each move of a task counts once, in the minute in which it happened. */
class RollupFoldTest {
  private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");
  private static final QueueKey QUEUE = new QueueKey(3);
  private final RollupFold fold = new RollupFold();

  private void move(Move move, TaskState from, TaskState to, double at, double since) {
    fold.add(
        new RollupEvent(
            QUEUE,
            "news",
            move,
            Optional.ofNullable(from),
            to,
            NINE.plusMillis((long) (1000 * at)),
            from == null ? Optional.empty() : Optional.of(NINE.plusMillis((long) (1000 * since)))));
  }

  private RollupCounts minute(int number) {
    return fold.counts()
        .getOrDefault(
            new RollupKey(QUEUE, "news", NINE.plus(Duration.ofMinutes(number))), RollupCounts.NONE);
  }

  private static Histogram of(double... seconds) {
    return Histogram.of(
        Arrays.stream(seconds)
            .mapToObj(value -> Duration.ofMillis(Math.round(1000 * value)))
            .toList());
  }

  @Test
  void a_task_that_is_tried_twice_counts_its_arrivals_waits_runs_and_backoff() {
    move(Move.SUBMIT, null, TaskState.QUEUED, 1, 0);
    move(Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING, 4, 1);
    move(Move.RETRY_LATER, TaskState.RUNNING, TaskState.RETRY_WAIT, 59, 4);
    move(Move.COME_DUE, TaskState.RETRY_WAIT, TaskState.QUEUED, 61, 59);
    move(Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING, 61, 61);
    move(Move.SUCCEED, TaskState.RUNNING, TaskState.SUCCEEDED, 121, 61);
    assertThat(minute(0).arrivals()).isEqualTo(1);
    assertThat(minute(0).retries()).isEqualTo(1);
    assertThat(minute(0).waits().counts()).isEqualTo(of(3).counts());
    assertThat(minute(0).runs().counts()).isEqualTo(of(55).counts());
    assertThat(minute(1).arrivals()).isEqualTo(1);
    assertThat(minute(1).backoffs().counts()).isEqualTo(of(2).counts());
    assertThat(minute(1).waits().counts()).isEqualTo(of(0).counts());
    assertThat(minute(2).runs().counts()).isEqualTo(of(60).counts());
    assertThat(fold.counts()).hasSize(3);
  }

  @Test
  void a_task_arrives_when_it_becomes_ready_and_not_before() {
    move(Move.SCHEDULE, null, TaskState.SCHEDULED, 0, 0);
    move(Move.BLOCK, null, TaskState.BLOCKED, 0, 0);
    assertThat(fold.counts()).isEmpty();
    move(Move.COME_DUE, TaskState.SCHEDULED, TaskState.QUEUED, 5, 0);
    move(Move.RELEASE, TaskState.BLOCKED, TaskState.QUEUED, 6, 0);
    assertThat(minute(0).arrivals()).isEqualTo(2);
    assertThat(minute(0).backoffs()).isEqualTo(Histogram.EMPTY);
  }

  @Test
  void an_interrupted_run_neither_arrives_again_nor_counts_as_a_run() {
    move(Move.LOSE_LEASE, TaskState.RUNNING, TaskState.QUEUED, 9, 4);
    move(Move.HAND_BACK, TaskState.RUNNING, TaskState.QUEUED, 9, 4);
    move(Move.PREEMPT, TaskState.RUNNING, TaskState.QUEUED, 9, 4);
    move(Move.UPDATE, TaskState.QUEUED, TaskState.QUEUED, 9, 4);
    move(Move.EXPIRE, TaskState.QUEUED, TaskState.FAILED, 9, 4);
    move(Move.RULE_OUT, TaskState.BLOCKED, TaskState.SKIPPED, 9, 4);
    move(Move.CANCEL, TaskState.QUEUED, TaskState.CANCELLED, 9, 4);
    assertThat(fold.counts()).isEmpty();
  }

  @Test
  void a_run_that_fails_for_good_is_a_run_and_a_failure() {
    move(Move.FAIL, TaskState.RUNNING, TaskState.FAILED, 9, 4);
    assertThat(minute(0).failures()).isEqualTo(1);
    assertThat(minute(0).runs().count()).isEqualTo(1);
    assertThat(minute(0).retryShare()).isZero();
  }

  @Test
  void a_clock_that_was_set_back_makes_no_negative_time() {
    move(Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING, 4, 9);
    assertThat(minute(0).waits().counts()).isEqualTo(of(0).counts());
  }
}
