package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.row.NewTask;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for is checked before it becomes a row, and a refusal names field and value. */
class TaskAdmissionTest extends AdmissionBench {
  @Test
  void an_unknown_queue_is_named() {
    refused(
        TaskRequest.of("NOWHERE", "system.noop", Payload.json("{}")),
        "QUEUE_UNKNOWN",
        "task.queue",
        "\"queues/NOWHERE\" does not exist");
  }

  @Test
  void an_unknown_type_is_named_with_those_that_are_known() {
    refused(
        TaskRequest.of("Q", "system.nap", Payload.json("{}")),
        "TASK_TYPE_UNKNOWN",
        "task.task_type",
        "task type \"system.nap\" is not known; known are own.type, system.echo, system.fail");
  }

  @Test
  void a_type_is_refused_in_a_queue_that_does_not_accept_it() {
    refused(
        TaskRequest.of("Q", "own.type", Payload.json("{}")),
        "TASK_TYPE_NOT_ACCEPTED",
        "task.task_type",
        "\"own.type\" is not accepted by queues/Q, only by OTHER, LIMITED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä"})
  void an_id_that_is_no_such_word_is_shown_with_the_pattern(String id) {
    refused(
        noop().withTaskId(id),
        "INVALID_FIELD",
        "task_id",
        "task_id \"" + id + "\" is not allowed: [a-zA-Z0-9._-]{1,128}");
  }

  @Test
  void times_out_of_range_are_named_with_their_range() {
    refused(
        with(Duration.ofHours(25), Duration.ofHours(1)),
        "INVALID_FIELD",
        "task.timeouts.attempt_timeout",
        "PT25H is not allowed: more than zero, at most PT24H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withQueue(Duration.ofNanos(1))),
        "INVALID_FIELD",
        "task.timeouts.queue_timeout",
        "PT0.000000001S is not allowed: zero for none, or PT0.001S to PT8760H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withTotal(Duration.ofDays(366))),
        "INVALID_FIELD",
        "task.timeouts.total_timeout",
        "PT8784H is not allowed: zero for none, or PT0.001S to PT8760H");
    refused(
        noop().withTimeouts(RequestedTimeouts.NONE.withCancelGrace(Duration.ofHours(25))),
        "INVALID_FIELD",
        "task.timeouts.cancel_grace",
        "PT25H is not allowed: zero to PT24H");
    refused(
        with(Duration.ofHours(1), Duration.ZERO),
        "INVALID_FIELD",
        "task.result_ttl",
        "PT0S is not allowed: more than zero, at most PT8760H");
  }

  @Test
  void what_is_left_open_takes_the_defaults_of_the_queue_or_of_a_type_made_for_it() {
    NewTask plain = admission.admit(noop(), "", "ann");
    assertThat(plain.taskId()).isEqualTo("drawn");
    assertThat(plain.spec().timeouts().attempt()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plain.spec().retryPolicy()).isEqualTo(RetryPolicy.attempts(3));
    assertThat(plain.spec().resultTtl()).isEqualTo(Duration.ofHours(5));
    assertThat(plain.principal()).isEqualTo("ann");
    NewTask own =
        admission.admit(TaskRequest.of("OTHER", "own.type", Payload.json("{}")), "", "ann");
    assertThat(own.spec().timeouts().attempt()).isEqualTo(Duration.ofSeconds(7));
    assertThat(own.spec().retryPolicy()).isEqualTo(RetryPolicy.attempts(9));
  }

  @Test
  void the_time_limits_of_a_task_go_over_those_of_its_type_and_these_over_the_queues() {
    TaskRequest own = TaskRequest.of("LIMITED", "own.type", Payload.json("{}"));
    Timeouts byDefault = admission.admit(own, "", "ann").spec().timeouts();
    assertThat(byDefault)
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(7), // the type's
                Optional.of(Duration.ofMinutes(3)), // the queue's
                Optional.of(Duration.ofMinutes(8)), // the type's, over the queue's 4
                Duration.ofMinutes(5))); // the queue's
    RequestedTimeouts wishes =
        new RequestedTimeouts(
            Optional.empty(),
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ofMinutes(9)),
            Optional.of(Duration.ZERO));
    assertThat(admission.admit(own.withTimeouts(wishes), "", "ann").spec().timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(7),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(9)),
                Duration.ZERO));
    assertThat(admission.admit(noop(), "", "ann").spec().timeouts())
        .isEqualTo(Timeouts.ofAttempt(Duration.ofMinutes(2)));
  }

  @Test
  void labels_obey_one_rule_whoever_asks() {
    Map<String, String> longest = Map.of("k" + "x".repeat(62), "v".repeat(256), "empty", "");
    assertThat(admission.admit(noop().withLabels(longest), "", "ann").spec().labels())
        .isEqualTo(longest);
    refused(noop().withLabels(Map.of("9", "v")), "INVALID_FIELD", "task.labels[\"9\"]", "a letter");
    refused(
        noop().withLabels(Map.of("k", "a\u0000b")),
        "INVALID_FIELD",
        "task.labels[\"k\"]",
        "none a control character");
    refused(
        noop().withLabels(Map.of("k", "v".repeat(257))),
        "INVALID_FIELD",
        "task.labels[\"k\"]",
        "at most 256 characters");
    Map<String, String> many =
        IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    refused(noop().withLabels(many), "INVALID_FIELD", "task.labels", "65 pairs");
  }
}
