package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.TestTasks;
import io.tasklane.key.FencingToken;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskAttemptsResponse;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTaskTypesResponse;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RetryTask, ListTaskAttempts and ListTaskTypes. */
class TaskHistoryTest {
  private ApiOfTest api;
  private TaskServiceGrpc.TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel);
    api.tasks.rows.put("old", task("old", TaskState.FAILED, 4, 9));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_retry_answers_the_new_task_which_names_the_old() {
    Task again = tasks.retryTask(retry("tasks/old").build()).getTask();

    assertThat(again.getName()).isEqualTo("tasks/again");
    assertThat(again.getRetryOf()).isEqualTo("tasks/old");
    assertThat(api.tasks.copies).containsExactly(CopyOptions.NONE);
  }

  @Test
  void a_retry_may_have_another_input() {
    Payload input = Payload.newBuilder().setInline(ByteString.copyFromUtf8("{\"n\":1}")).build();

    tasks.retryTask(retry("tasks/old").setInputOverride(input).build());

    assertThat(api.tasks.copies.get(0).input().orElseThrow().text()).isEqualTo("{\"n\":1}");
  }

  @Test
  void a_retry_may_ignore_what_the_task_depends_on() {
    tasks.retryTask(retry("tasks/old").setIgnoreDependencies(true).build());

    assertThat(api.tasks.copies).containsExactly(new CopyOptions(Optional.empty(), true));
  }

  @Test
  void the_same_retry_again_gets_the_first_answer() {
    RetryTaskRequest request = retry("tasks/old").setRequestId("r1").build();

    assertThat(tasks.retryTask(request)).isEqualTo(tasks.retryTask(request));
    assertThat(api.tasks.copies).hasSize(2);
    assertThat(api.tasks.changes).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_PRECONDITION,TASK_NOT_ENDED",
    "FAILED_PRECONDITION,TASK_SUCCEEDED",
    "FAILED_PRECONDITION,DEPENDENCY_NOT_MET",
    "FAILED_PRECONDITION,DEDUPLICATION_KEY_IN_USE",
    "FAILED_PRECONDITION,QUEUE_UNKNOWN",
    "FAILED_PRECONDITION,QUEUE_DRAINING",
    "FAILED_PRECONDITION,TASK_TYPE_UNKNOWN",
    "FAILED_PRECONDITION,TASK_TYPE_NOT_ACCEPTED",
    "FAILED_PRECONDITION,INPUT_SCHEMA",
    "INVALID_ARGUMENT,INPUT_SCHEMA",
    "INVALID_ARGUMENT,REQUEST_ID_REUSED",
  })
  void what_the_application_refuses_is_told(Refusal.Sort sort, String reason) {
    api.tasks.failure = Refusal.of(sort, RefusalReason.valueOf(reason), "tasks/old", "no");

    Throwable error = catchThrowable(() -> tasks.retryTask(retry("tasks/old").build()));

    assertThat(codeAndReason(error)).isEqualTo(sort + " " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: 'old' | INVALID_FIELD | name",
        "name: 'tasks/old' request_id: '\\n' | INVALID_FIELD | request_id",
        "name: 'tasks/old' input_override { reference { uri: 'x' sha256:"
            + " 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }"
            + " | INVALID_FIELD | input_override.reference",
      })
  void a_retry_that_breaks_a_rule_is_refused(String set, String reason, String field)
      throws TextFormat.ParseException {
    RetryTaskRequest.Builder request = RetryTaskRequest.newBuilder();
    TextFormat.merge(set, request);

    Throwable error = catchThrowable(() -> tasks.retryTask(request.build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(violated(error)).isEqualTo(field);
  }

  @Test
  void an_input_over_256_kib_is_refused() {
    Payload large = Payload.newBuilder().setInline(ByteString.copyFrom(new byte[262_145])).build();

    Throwable error =
        catchThrowable(() -> tasks.retryTask(retry("tasks/old").setInputOverride(large).build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAYLOAD_TOO_LARGE");
  }

  @Test
  void a_task_that_is_not_there_has_no_runs_and_no_retry() {
    assertThat(codeAndReason(catchThrowable(() -> tasks.retryTask(retry("tasks/no").build()))))
        .isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    assertThat(codeAndReason(catchThrowable(() -> tasks.listTaskAttempts(runs("tasks/no", 0)))))
        .isEqualTo("NOT_FOUND TASK_NOT_FOUND");
  }

  @Test
  void runs_are_shown_with_their_ends_and_logs_page_by_page() {
    api.tasks.attempts =
        List.of(run(11, true, "first\nsecond"), run(12, true, ""), run(15, false, ""));

    ListTaskAttemptsResponse first = tasks.listTaskAttempts(runs("tasks/old", 2));
    ListTaskAttemptsResponse second =
        tasks.listTaskAttempts(
            runs("tasks/old", 2).toBuilder().setPageToken(first.getNextPageToken()).build());

    Attempt ended = first.getAttempts(0);
    assertThat(ended.getNumber()).isEqualTo(1);
    assertThat(ended.getFencingToken()).isEqualTo(11);
    assertThat(ended.getExecutor()).isEqualTo("nodes/n1");
    assertThat(ended.getFailure().getCode()).isEqualTo("FEED_DOWN");
    assertThat(ended.getLog()).isEqualTo("first\nsecond");
    assertThat(second.getAttemptsCount()).isOne();
    assertThat(second.getAttempts(0).hasEndTime()).isFalse();
    assertThat(second.getAttempts(0).hasFailure()).isFalse();
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void a_page_of_long_logs_ends_before_the_answer_is_too_large() {
    String log = "x".repeat(64 * 1024);
    api.tasks.attempts =
        LongStream.rangeClosed(1, 100).mapToObj(token -> run(token, true, log)).toList();

    ListTaskAttemptsResponse page = tasks.listTaskAttempts(runs("tasks/old", 100));

    assertThat(page.getSerializedSize()).isLessThan(4 * 1024 * 1024);
    assertThat(page.getAttemptsCount()).isBetween(30, 60);
    assertThat(page.getNextPageToken()).isNotEmpty();
  }

  @Test
  void a_page_token_of_another_tasks_runs_is_refused() {
    api.tasks.rows.put("other", task("other", TaskState.FAILED, 4, 9));
    api.tasks.attempts = List.of(run(11, true, ""), run(12, true, ""));
    String token = tasks.listTaskAttempts(runs("tasks/old", 1)).getNextPageToken();

    Throwable error =
        catchThrowable(
            () ->
                tasks.listTaskAttempts(
                    runs("tasks/other", 1).toBuilder().setPageToken(token).build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
    assertThat(violated(error)).isEqualTo("page_token");
  }

  @Test
  void task_types_are_shown_with_their_schema_and_their_own_limits_page_by_page() {
    api.types.put(type("a.own", List.of("AI_ANALYSIS")), 3);
    api.types.put(type("system.any", List.of()), 1);

    ListTaskTypesResponse first = tasks.listTaskTypes(types(1, ""));
    ListTaskTypesResponse second = tasks.listTaskTypes(types(1, first.getNextPageToken()));

    TaskType own = first.getTaskTypes(0);
    assertThat(own.getTaskType()).isEqualTo("a.own");
    assertThat(own.getQueuesList()).containsExactly("queues/AI_ANALYSIS");
    assertThat(own.getDescription()).isEqualTo("For tests.");
    assertThat(own.getInputSchema()).isEqualTo("{\"type\":\"object\"}");
    assertThat(own.getDefaultRetryPolicy().getMaximumAttempts()).isEqualTo(9);
    assertThat(own.getDefaultTimeouts().getAttemptTimeout().getSeconds()).isEqualTo(7);
    assertThat(own.getBuiltIn()).isFalse();
    assertThat(own.getRevision()).isEqualTo(3);
    TaskType any = second.getTaskTypes(0);
    assertThat(any.getBuiltIn()).isTrue();
    assertThat(any.getQueuesList()).isEmpty();
    assertThat(any.hasDefaultRetryPolicy()).isFalse();
    assertThat(any.hasDefaultTimeouts()).isFalse();
    assertThat(tasks.listTaskTypes(types(1, second.getNextPageToken())).getNextPageToken())
        .isEmpty();
  }

  @Test
  void pages_that_cannot_be_given_are_refused() {
    assertThat(codeAndReason(catchThrowable(() -> tasks.listTaskTypes(types(501, "")))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(codeAndReason(catchThrowable(() -> tasks.listTaskTypes(types(1, "nonsense!")))))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
    assertThat(codeAndReason(catchThrowable(() -> tasks.listTaskAttempts(runs("tasks/old", -1)))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(codeAndReason(catchThrowable(() -> tasks.listTaskAttempts(runs("old", 1)))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  private static RetryTaskRequest.Builder retry(String name) {
    return RetryTaskRequest.newBuilder().setName(name);
  }

  private static ListTaskAttemptsRequest runs(String name, int pageSize) {
    return ListTaskAttemptsRequest.newBuilder().setName(name).setPageSize(pageSize).build();
  }

  private static ListTaskTypesRequest types(int pageSize, String token) {
    return ListTaskTypesRequest.newBuilder().setPageSize(pageSize).setPageToken(token).build();
  }

  private static io.tasklane.task.Attempt run(long token, boolean ended, String log) {
    return new io.tasklane.task.Attempt(
        1,
        new FencingToken(token),
        "n1",
        TestTasks.STARTED,
        ended ? Optional.of(TestTasks.STARTED.plusSeconds(1)) : Optional.empty(),
        ended ? Optional.of(TestTasks.failure()) : Optional.empty(),
        log);
  }

  private static io.tasklane.task.TaskType type(String name, List<String> queues) {
    io.tasklane.task.TaskType type =
        io.tasklane.task.TaskType.named(name)
            .acceptedBy(queues.toArray(String[]::new))
            .describedAs("For tests.")
            .withInputSchema("{\"type\":\"object\"}");
    return queues.isEmpty()
        ? type
        : type.withRetryPolicy(RetryPolicy.attempts(9)).withAttemptTimeout(Duration.ofSeconds(7));
  }

  private static String violated(Throwable error) {
    return detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField();
  }
}
