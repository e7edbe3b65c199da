package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CreateTask and BatchCreateTasks at the edge: each fault is named. */
class TaskRefusalTest {
  private ApiOfTest api;
  private TaskServiceGrpc.TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11})
  void a_priority_outside_one_to_ten_is_refused_with_the_value_and_what_is_allowed(int priority) {
    Throwable error = refused(fetch().setPriority(priority).build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(error, ErrorInfo.class).orElseThrow().getDomain()).isEqualTo("tasklane.io");
    BadRequest.FieldViolation violation = onlyViolation(error);
    assertThat(violation.getField()).isEqualTo("task.priority");
    assertThat(violation.getDescription()).contains(Integer.toString(priority)).contains("10");
    assertThat(api.tasks.asked).isEmpty();
  }

  @Test
  void what_has_created_a_task_is_output_only() {
    for (Task task :
        List.of(
            fetch().setWorkflow("workflows/w").build(),
            fetch().setSchedule("schedules/s").build())) {
      Throwable error = refused(task);
      assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
      assertThat(onlyViolation(error).getField()).isIn("task.workflow", "task.schedule");
    }
    assertThat(api.tasks.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeouts { heartbeat_timeout { seconds: 1 } } | task.timeouts.heartbeat_timeout",
      })
  void a_field_that_is_not_served_yet_is_refused_and_never_ignored(String set, String path)
      throws TextFormat.ParseException {
    Task.Builder task = fetch();
    TextFormat.merge(set.replace('\'', '"'), task);

    Throwable error = refused(task.build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT FIELD_NOT_SERVED");
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .contains(path);
  }

  @ParameterizedTest
  @CsvSource({
    "queue_timeout { nanos: 1 }, queue_timeout, 0.000000001s, '0 s, or 1 ms to 365 days'",
    "total_timeout { seconds: 31536001 }, total_timeout, 31536001s, '0 s, or 1 ms to 365 days'",
    "cancel_grace { seconds: 86401 }, cancel_grace, 86401s, 86400s",
  })
  void a_time_limit_out_of_range_is_named_with_the_value_and_what_is_allowed(
      String limit, String field, String value, String allowed) throws TextFormat.ParseException {
    Task.Builder task = fetch();
    TextFormat.merge("timeouts { " + limit + " }", task);

    Throwable error = refused(task.build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(onlyViolation(error).getField()).isEqualTo("task.timeouts." + field);
    assertThat(onlyViolation(error).getDescription()).contains(value).contains(allowed);
  }

  @Test
  void an_input_over_256_kib_is_refused_and_one_of_just_256_kib_is_taken() {
    Throwable error = refused(fetch().setInput(input(256 * 1024 + 1)).build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAYLOAD_TOO_LARGE");
    assertThat(onlyViolation(error).getField()).isEqualTo("task.input.inline");
    assertThat(onlyViolation(error).getDescription()).contains("262145 bytes").contains("262144");
    assertThat(refused(fetch().setInput(input(256 * 1024)).build())).isNull();
  }

  @Test
  void every_field_that_is_wrong_is_named_at_once() {
    Throwable error =
        refused(
            fetch()
                .setPriority(11)
                .setQueue("queues/lower")
                .putLabels("1st", "x")
                .setOrderingKey("a\nb")
                .build());

    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyInAnyOrder(
            "task.priority", "task.queue", "task.labels[\"1st\"]", "task.ordering_key");
  }

  @Test
  void an_element_of_a_batch_has_no_request_id_of_its_own() {
    Throwable error =
        catchThrowable(
            () ->
                tasks.batchCreateTasks(
                    BatchCreateTasksRequest.newBuilder()
                        .addRequests(
                            CreateTaskRequest.newBuilder().setRequestId("r").setTask(fetch()))
                        .build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(onlyViolation(error).getField()).isEqualTo("requests");
  }

  @Test
  void a_queue_that_is_no_resource_name_is_refused() {
    Throwable error = refused(fetch().setQueue("DATA_FETCHER").build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(onlyViolation(error).getField()).isEqualTo("task.queue");
    assertThat(onlyViolation(error).getDescription()).contains("\"DATA_FETCHER\"");
  }

  @Test
  void a_name_that_contradicts_the_task_id_is_refused() {
    Throwable error = refused(fetch().setName("tasks/other").build());

    assertThat(onlyViolation(error).getField()).isEqualTo("task.name");
  }

  @Test
  void a_batch_names_the_element_that_is_wrong() {
    BatchCreateTasksRequest batch =
        BatchCreateTasksRequest.newBuilder()
            .addRequests(CreateTaskRequest.newBuilder().setTask(fetch()))
            .addRequests(CreateTaskRequest.newBuilder().setTask(fetch().setPriority(11)))
            .build();

    Throwable error = catchThrowable(() -> tasks.batchCreateTasks(batch));

    assertThat(onlyViolation(error).getField()).isEqualTo("requests[1].task.priority");
    assertThat(api.tasks.asked).isEmpty();
  }

  @Test
  void a_refusal_of_the_application_keeps_its_reason_and_field() {
    api.tasks.failure =
        Refusal.invalid(RefusalReason.TASK_TYPE_UNKNOWN, "task.task_type", "no type \"x\"");

    Throwable error = refused(fetch().build());

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT TASK_TYPE_UNKNOWN");
    assertThat(onlyViolation(error).getField()).isEqualTo("task.task_type");
  }

  @Test
  void unavailable_says_when_to_try_again() {
    api.tasks.failure =
        Refusal.of(
            Refusal.Sort.UNAVAILABLE,
            RefusalReason.DATABASE_UNAVAILABLE,
            "",
            "the database is away");

    Throwable error = refused(fetch().build());

    assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    assertThat(detail(error, RetryInfo.class).orElseThrow().getRetryDelay().getSeconds())
        .isEqualTo(1);
  }

  @Test
  void a_fault_of_ours_tells_an_incident_and_no_stack() {
    api.tasks.failure = new IllegalStateException("secret detail");

    Throwable error = refused(fetch().build());

    assertThat(codeAndReason(error)).isEqualTo("INTERNAL INTERNAL");
    assertThat(detail(error, ErrorInfo.class).orElseThrow().getMetadataMap())
        .containsEntry("method", "tasklane.v1.TaskService/CreateTask")
        .containsKey("incident");
    assertThat(error).hasMessageContaining("incident").hasMessageNotContaining("secret");
  }

  /** The transport alone would answer UNKNOWN, and name no incident. */
  @Test
  void an_error_of_the_virtual_machine_tells_an_incident_too() {
    api.tasks.fault = new StackOverflowError();

    assertThat(codeAndReason(refused(fetch().build()))).isEqualTo("INTERNAL INTERNAL");
  }

  private Throwable refused(Task task) {
    return catchThrowable(
        () -> tasks.createTask(CreateTaskRequest.newBuilder().setTask(task).build()));
  }

  private static Task.Builder fetch() {
    return Task.newBuilder().setQueue("queues/DATA_FETCHER").setTaskType("news_monitoring");
  }

  private static Payload input(int bytes) {
    return Payload.newBuilder().setInline(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static GetTaskRequest get(String name, String... paths) {
    return GetTaskRequest.newBuilder()
        .setName(name)
        .setReadMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
        .build();
  }

  private static BadRequest.FieldViolation onlyViolation(Throwable error) {
    List<BadRequest.FieldViolation> violations =
        detail(error, BadRequest.class).orElseThrow().getFieldViolationsList();
    assertThat(violations).hasSize(1);
    return violations.get(0);
  }
}
