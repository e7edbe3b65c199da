package io.tasklane.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesOfTheContractTest {
  private static final Validator VALIDATOR = ValidatorFactory.newBuilder().build();

  private static Task.Builder task() {
    return Task.newBuilder().setQueue("queues/DATA_FETCHER").setTaskType("news_monitoring");
  }

  private static CreateTaskRequest create(Task.Builder task) {
    return CreateTaskRequest.newBuilder().setTask(task).build();
  }

  /** What was refused, as "field: rule". */
  static List<String> refused(Message request) throws ValidationException {
    return VALIDATOR.validate(request).getViolations().stream()
        .map(v -> v.toProto())
        .map(v -> path(v) + ": " + v.getRuleId())
        .toList();
  }

  private static String path(Violation violation) {
    return violation.getField().getElementsList().stream()
        .map(RulesOfTheContractTest::step)
        .collect(Collectors.joining("."));
  }

  private static String step(FieldPathElement element) {
    return switch (element.getSubscriptCase()) {
      case INDEX -> element.getFieldName() + "[" + element.getIndex() + "]";
      case STRING_KEY -> element.getFieldName() + "[" + element.getStringKey() + "]";
      default -> element.getFieldName();
    };
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  @Test
  void every_rule_compiles() {
    assertThatCode(
            () -> ValidatorFactory.newBuilder().buildWithDescriptors(new Served().messages(), true))
        .doesNotThrowAnyException();
  }

  @Test
  void a_sensible_request_is_accepted() throws ValidationException {
    Task.Builder task =
        task()
            .setPriority(10)
            .setInput(Payload.newBuilder().setInline(ByteString.copyFromUtf8("{\"symbols\":[]}")))
            .putLabels("run", "Morgen-Lauf, größer als gestern")
            .setResultTtl(seconds(86_400))
            .setTimeouts(Timeouts.newBuilder().setAttemptTimeout(seconds(900)))
            .setRetryPolicy(
                RetryPolicy.newBuilder().setMaximumAttempts(4).setInitialBackoff(seconds(0)));
    assertThat(refused(create(task).toBuilder().setTaskId("a.B-9_x").build())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {11, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void a_priority_outside_0_to_10_is_refused(int priority) throws ValidationException {
    assertThat(refused(create(task().setPriority(priority))))
        .containsExactly("task.priority: int32.gte_lte");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DATA_FETCHER",
        "queues/",
        "queues/data",
        "queues/9",
        "queues/A\n",
        "queues/A/B"
      })
  void a_bad_queue_name_is_refused(String name) throws ValidationException {
    assertThat(refused(create(task().setQueue(name))))
        .containsExactly("task.queue: string.pattern");
    assertThat(refused(PauseQueueRequest.newBuilder().setName(name).build()))
        .containsExactly("name: string.pattern");
  }

  @Test
  void a_queue_name_is_at_most_63_characters_long() throws ValidationException {
    assertThat(refused(create(task().setQueue("queues/" + "A".repeat(63))))).isEmpty();
    assertThat(refused(create(task().setQueue("queues/" + "A".repeat(64))))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "tasks/", "tasks/a b", "tasks/a/b", "tasks/ä"})
  void a_bad_task_name_is_refused(String name) throws ValidationException {
    assertThat(refused(GetTaskRequest.newBuilder().setName(name).build()))
        .containsExactly("name: string.pattern");
    assertThat(refused(CancelTaskRequest.newBuilder().setName(name).build()))
        .containsExactly("name: string.pattern");
  }

  @Test
  void a_request_without_a_task_is_refused() throws ValidationException {
    assertThat(refused(CreateTaskRequest.getDefaultInstance())).containsExactly("task: required");
  }

  @Test
  void a_payload_over_256_KiB_is_refused() throws ValidationException {
    Payload.Builder full = Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_144]));
    Payload.Builder over = Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_145]));
    assertThat(refused(create(task().setInput(full)))).isEmpty();
    assertThat(refused(create(task().setInput(over))))
        .containsExactly("task.input.inline: PAYLOAD_TOO_LARGE");
  }

  @Test
  void needs_are_names_of_tasks_with_known_policies_and_plain_keys() throws ValidationException {
    Dependency good = Dependency.newBuilder().setTask("tasks/a").setInputKey("the_output").build();
    assertThat(refused(create(task().addDependencies(good)))).isEmpty();
    assertThat(refused(create(task().addDependencies(good.toBuilder().setTask("a")))))
        .containsExactly("task.dependencies[0].task: string.pattern");
    assertThat(refused(create(task().addDependencies(good.toBuilder().setPolicyValue(9)))))
        .containsExactly("task.dependencies[0].policy: enum.defined_only");
    assertThat(refused(create(task().addDependencies(good.toBuilder().setInputKey("a b")))))
        .containsExactly("task.dependencies[0].input_key: string.pattern");
    Task.Builder many = task();
    for (int i = 0; i <= 1000; i++) {
      many.addDependencies(Dependency.newBuilder().setTask("tasks/t" + i));
    }
    assertThat(refused(create(many))).containsExactly("task.dependencies: repeated.max_items");
    assertThat(refused(create(task().setDeduplicationKey("a\u0000b"))))
        .containsExactly("task.deduplication_key: string.pattern");
  }

  @Test
  void a_field_that_is_not_served_yet_is_refused_by_name() throws ValidationException {
    Task.Builder task =
        task()
            .setOrderingKey("AAPL")
            .setPreemptible(true)
            .setWorkflow("workflows/w")
            .setSchedule("schedules/s")
            .putResourceUnits("ai-turns", 3)
            .setTimeouts(Timeouts.newBuilder().setHeartbeatTimeout(seconds(1)));
    assertThat(refused(create(task)))
        .containsExactlyInAnyOrder(
            "task.workflow: INVALID_FIELD",
            "task.schedule: INVALID_FIELD",
            "task.timeouts.heartbeat_timeout: FIELD_NOT_SERVED");
    assertThat(refused(SubscribeEventsRequest.newBuilder().setSendSnapshot(true).build()))
        .containsExactly("send_snapshot: FIELD_NOT_SERVED");
  }

  @Test
  void a_limit_of_waiting_is_none_or_between_a_millisecond_and_a_year() throws ValidationException {
    List<Duration> fine = List.of(seconds(0), nanos(1_000_000), seconds(1), seconds(365 * 86_400));
    for (Duration limit : fine) {
      Timeouts.Builder timeouts = Timeouts.newBuilder().setQueueTimeout(limit);
      assertThat(refused(create(task().setTimeouts(timeouts.setTotalTimeout(limit))))).isEmpty();
    }
    for (Duration limit : List.of(seconds(-1), nanos(999_999), seconds(365 * 86_400 + 1))) {
      Timeouts.Builder timeouts = Timeouts.newBuilder().setQueueTimeout(limit);
      assertThat(refused(create(task().setTimeouts(timeouts.setTotalTimeout(limit)))))
          .containsExactly(
              "task.timeouts.queue_timeout: TIMEOUT_RANGE",
              "task.timeouts.total_timeout: TIMEOUT_RANGE");
    }
  }

  @Test
  void the_grace_of_a_cancel_is_at_most_a_day_and_may_be_none() throws ValidationException {
    for (long fine : List.of(0L, 1L, 86_400L)) {
      Timeouts.Builder grace = Timeouts.newBuilder().setCancelGrace(seconds(fine));
      assertThat(refused(create(task().setTimeouts(grace)))).isEmpty();
    }
    for (long wrong : List.of(-1L, 86_401L)) {
      Timeouts.Builder grace = Timeouts.newBuilder().setCancelGrace(seconds(wrong));
      assertThat(refused(create(task().setTimeouts(grace))))
          .containsExactly("task.timeouts.cancel_grace: duration.gte_lte");
    }
  }

  private static Duration nanos(int nanos) {
    return Duration.newBuilder().setNanos(nanos).build();
  }

  @Test
  void a_bad_retry_policy_is_refused() throws ValidationException {
    RetryPolicy.Builder policy =
        RetryPolicy.newBuilder()
            .setMaximumAttempts(101)
            .setInitialBackoff(seconds(-1))
            .setBackoffMultiplier(0.5)
            .setJitter(1.5)
            .addPermanentErrorCodes("lower");
    assertThat(refused(create(task().setRetryPolicy(policy))))
        .containsExactlyInAnyOrder(
            "task.retry_policy.maximum_attempts: int32.gte_lte",
            "task.retry_policy.initial_backoff: duration.gte_lte",
            "task.retry_policy.backoff_multiplier: INVALID_FIELD",
            "task.retry_policy.jitter: double.gte_lte",
            "task.retry_policy.permanent_error_codes[0]: string.pattern");
    RetryPolicy.Builder inverted =
        RetryPolicy.newBuilder().setInitialBackoff(seconds(2)).setMaximumBackoff(seconds(1));
    assertThat(refused(create(task().setRetryPolicy(inverted))))
        .containsExactly("task.retry_policy: INVALID_FIELD");
  }

  @Test
  void an_attempt_lasts_more_than_nothing_and_at_most_a_day() throws ValidationException {
    for (long bad : new long[] {0, -1, 86_401}) {
      Timeouts.Builder timeouts = Timeouts.newBuilder().setAttemptTimeout(seconds(bad));
      assertThat(refused(create(task().setTimeouts(timeouts))))
          .containsExactly("task.timeouts.attempt_timeout: duration.gt_lte");
    }
  }

  @Test
  void labels_are_bounded() throws ValidationException {
    Task.Builder many = task();
    for (int i = 0; i < 65; i++) {
      many.putLabels("k" + i, "v");
    }
    assertThat(refused(create(many))).containsExactly("task.labels: map.max_pairs");
    assertThat(refused(create(task().putLabels("9", "v")))).hasSize(1);
    assertThat(refused(create(task().putLabels("k", "a\u0000b"))))
        .containsExactly("task.labels[k]: string.pattern");
  }

  @Test
  void a_batch_has_1_to_1000_elements_without_ids_of_their_own() throws ValidationException {
    CreateTaskRequest one = create(task());
    assertThat(refused(BatchCreateTasksRequest.getDefaultInstance()))
        .containsExactly("requests: repeated.min_items");
    BatchCreateTasksRequest.Builder batch = BatchCreateTasksRequest.newBuilder();
    for (int i = 0; i < 1000; i++) {
      batch.addRequests(one);
    }
    assertThat(refused(batch.build())).isEmpty();
    assertThat(refused(batch.addRequests(one).build()))
        .containsExactly("requests: repeated.max_items");
    assertThat(
            refused(
                BatchCreateTasksRequest.newBuilder()
                    .addRequests(one)
                    .addRequests(one.toBuilder().setRequestId("r"))
                    .build()))
        .containsExactly("requests: INVALID_FIELD");
    assertThat(
            refused(
                BatchCreateTasksRequest.newBuilder()
                    .addRequests(one)
                    .addRequests(create(task().setPriority(11)))
                    .build()))
        .containsExactly("requests[1].task.priority: int32.gte_lte");
  }

  @Test
  void pages_waits_windows_and_intervals_have_bounds() throws ValidationException {
    assertThat(refused(ListTasksRequest.newBuilder().setPageSize(501).build()))
        .containsExactly("page_size: int32.gte_lte");
    assertThat(
            refused(
                WaitTaskRequest.newBuilder()
                    .setName("tasks/a")
                    .addStatesValue(0)
                    .addStatesValue(99)
                    .setTimeout(seconds(601))
                    .build()))
        .containsExactlyInAnyOrder(
            "states[0]: enum.not_in", "states[1]: enum.defined_only", "timeout: duration.gt_lte");
    assertThat(
            refused(
                WatchQueueStatsRequest.newBuilder()
                    .addNames("queues/a")
                    .setInterval(Duration.newBuilder().setNanos(199_999_999))
                    .build()))
        .containsExactlyInAnyOrder("names[0]: string.pattern", "interval: duration.gte_lte");
    assertThat(
            refused(
                GetQueueStatsRequest.newBuilder()
                    .setName("queues/A")
                    .setWindow(seconds(3601))
                    .build()))
        .containsExactly("window: duration.gte_lte");
  }

  @Test
  void a_request_id_is_at_most_128_printable_characters() throws ValidationException {
    CreateTaskRequest fine = create(task()).toBuilder().setRequestId("r".repeat(128)).build();
    assertThat(refused(fine)).isEmpty();
    assertThat(refused(fine.toBuilder().setRequestId("r".repeat(129)).build()))
        .containsExactly("request_id: string.max_len");
    assertThat(refused(fine.toBuilder().setRequestId("a\u0000").build()))
        .containsExactly("request_id: string.pattern");
  }
}
