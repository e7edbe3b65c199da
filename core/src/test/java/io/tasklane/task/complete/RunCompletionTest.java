package io.tasklane.task.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunCompletionTest {
  private static final Payload PART = Payload.json("{\"part\":1}");

  @Test
  void a_result_succeeds_also_where_somebody_asked_to_cancel() {
    TaskRequest child = TaskRequest.of("Q", "t", Payload.json("{}"));
    RunCompletion end = complete(new RunEnd.Succeeded(Payload.json("1"), List.of(child)), 1);
    assertThat(end.ifRunning()).isEqualTo(Move.SUCCEED);
    assertThat(end.ifCancelling()).isEqualTo(Move.SUCCEED);
    assertThat(end.result()).contains(Payload.json("1"));
    assertThat(end.partial()).isFalse();
    assertThat(end.children()).containsExactly(child);
  }

  @Test
  void a_retryable_failure_rests_and_is_tried_again() {
    RunCompletion end = complete(failed(Failure.Kind.RETRYABLE), 2);
    assertThat(end.ifRunning()).isEqualTo(Move.RETRY_LATER);
    assertThat(end.backoff()).contains(Duration.ofSeconds(2));
    assertThat(end.failure().orElseThrow().code()).isEqualTo("X");
  }

  @Test
  void the_delay_the_target_asked_for_goes_before_the_policys() {
    RunEnd asked =
        new RunEnd.Failed(
            failure(Failure.Kind.RETRYABLE), Optional.of(Duration.ofSeconds(90)), Optional.empty());
    assertThat(complete(asked, 1).backoff()).contains(Duration.ofSeconds(90));
  }

  @Test
  void the_last_attempt_fails_for_good() {
    RunCompletion end = complete(failed(Failure.Kind.RETRYABLE), 4);
    assertThat(end.ifRunning()).isEqualTo(Move.FAIL);
    assertThat(end.backoff()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RETRYABLE"})
  void no_other_kind_of_failure_is_tried_again(Failure.Kind kind) {
    assertThat(complete(failed(kind), 1).ifRunning()).isEqualTo(Move.FAIL);
  }

  @Test
  void a_code_the_policy_calls_permanent_is_not_tried_again() {
    RetryPolicy policy =
        new RetryPolicy(4, Duration.ZERO, 2.0, Duration.ofHours(1), 0.0, List.of("X"));
    RunCompletion end =
        RunCompletion.of(failed(Failure.Kind.RETRYABLE), policy, 1, new Random(1)); // 1 of 4
    assertThat(end.ifRunning()).isEqualTo(Move.FAIL);
  }

  @Test
  void a_time_limit_keeps_the_partial_result() {
    RunEnd late =
        new RunEnd.Failed(failure(Failure.Kind.TIMEOUT), Optional.empty(), Optional.of(PART));
    RunCompletion end = complete(late, 1);
    assertThat(end.ifRunning()).isEqualTo(Move.FAIL);
    assertThat(end.result()).contains(PART);
    assertThat(end.partial()).isTrue();
  }

  @Test
  void a_failure_after_a_request_to_cancel_ends_cancelled() {
    assertThat(complete(failed(Failure.Kind.RETRYABLE), 1).ifCancelling()).isEqualTo(Move.CANCEL);
    assertThat(complete(failed(Failure.Kind.PERMANENT), 1).ifCancelling()).isEqualTo(Move.CANCEL);
  }

  @Test
  void a_run_that_was_asked_to_stop_is_cancelled_and_keeps_what_it_had() {
    RunCompletion end = complete(new RunEnd.Stopped(Optional.of(PART)), 1);
    assertThat(end.ifCancelling()).isEqualTo(Move.CANCEL);
    assertThat(end.ifRunning()).isEqualTo(Move.HAND_BACK);
    assertThat(end.result()).contains(PART);
    assertThat(end.partial()).isTrue();
  }

  @Test
  void a_stopping_node_hands_its_work_back() {
    RunCompletion end = complete(new RunEnd.HandedBack(), 1);
    assertThat(end.ifRunning()).isEqualTo(Move.HAND_BACK);
    assertThat(end.result()).isEmpty();
    assertThat(end.failure()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whatever_the_end_the_table_has_its_moves(RunEnd end) {
    for (int attempt = 1; attempt <= 4; attempt++) {
      RunCompletion settlement = complete(end, attempt);
      assertThat(MoveTable.STANDARD.next(TaskState.RUNNING, settlement.ifRunning())).isPresent();
      assertThat(MoveTable.STANDARD.next(TaskState.CANCELLING, settlement.ifCancelling()))
          .isPresent();
    }
  }

  static Stream<RunEnd> ends() {
    return Stream.concat(
        Stream.of(Failure.Kind.values()).map(RunCompletionTest::failed),
        Stream.of(
            new RunEnd.Succeeded(PART, List.of()),
            new RunEnd.Stopped(Optional.empty()),
            new RunEnd.Released(failure(Failure.Kind.RETRYABLE), Duration.ofSeconds(1)),
            new RunEnd.HandedBack()));
  }

  private static RunCompletion complete(RunEnd end, int attempt) {
    return RunCompletion.of(end, RetryPolicy.DEFAULT, attempt, new Random(1));
  }

  private static RunEnd failed(Failure.Kind kind) {
    return new RunEnd.Failed(failure(kind), Optional.empty(), Optional.empty());
  }

  private static Failure failure(Failure.Kind kind) {
    return new Failure(kind, "X", "", "", Instant.EPOCH);
  }
}
