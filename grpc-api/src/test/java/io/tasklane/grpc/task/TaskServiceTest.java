package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.grpc.TestTasks;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.task.Priority;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.BatchCreateTasksResponse;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.Timeouts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskServiceTest {
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

  @Test
  void a_task_is_created_as_asked() {
    CreateTaskResponse created =
        tasks.createTask(
            CreateTaskRequest.newBuilder()
                .setTaskId("sync-1")
                .setTask(
                    fetch()
                        .setPriority(9)
                        .setInput(Payload.newBuilder().setInline(ByteString.copyFromUtf8("{}")))
                        .setTimeouts(
                            Timeouts.newBuilder()
                                .setAttemptTimeout(Duration.newBuilder().setSeconds(30))
                                .setQueueTimeout(Duration.newBuilder().setSeconds(31))
                                .setTotalTimeout(Duration.getDefaultInstance())
                                .setCancelGrace(Duration.newBuilder().setSeconds(32)))
                        .putLabels("desk", "us"))
                .build());

    TaskRequest asked = api.tasks.asked.get(0);
    assertThat(created.getTask().getName()).isEqualTo("tasks/sync-1");
    assertThat(created.getTask().getState()).isEqualTo(Task.State.STATE_QUEUED);
    assertThat(asked.taskId()).contains("sync-1");
    assertThat(asked.queue()).isEqualTo("DATA_FETCHER");
    assertThat(asked.priority()).isEqualTo(new Priority(9));
    assertThat(asked.input().contentType()).isEqualTo("application/json");
    assertThat(asked.timeouts())
        .isEqualTo(
            new RequestedTimeouts(
                Optional.of(java.time.Duration.ofSeconds(30)),
                Optional.of(java.time.Duration.ofSeconds(31)),
                Optional.of(java.time.Duration.ZERO),
                Optional.of(java.time.Duration.ofSeconds(32))));
    assertThat(asked.retryPolicy()).isEmpty();
    assertThat(asked.labels()).containsEntry("desk", "us");
  }

  @Test
  void defaults_are_priority_five_and_an_empty_object() {
    tasks.createTask(CreateTaskRequest.newBuilder().setTask(fetch()).build());

    assertThat(api.tasks.asked.get(0).priority()).isEqualTo(Priority.DEFAULT);
    assertThat(api.tasks.asked.get(0).input().text()).isEqualTo("{}");
  }

  @Test
  void a_repeated_request_id_gets_the_first_answer_and_nothing_is_created_twice() {
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder()
            .setRequestId("r-1")
            .setTask(fetch().setInput(PayloadMapping.toWire(TestTasks.INPUT)))
            .build();

    CreateTaskResponse first = tasks.createTask(request);
    CreateTaskResponse second = tasks.createTask(request);

    assertThat(second).isEqualTo(first);
    assertThat(api.tasks.asked).hasSize(1);
    assertThat(api.tasks.changes.get(0).method()).isEqualTo("tasklane.v1.TaskService/CreateTask");
    assertThat(api.tasks.changes.get(0).caller().principal()).isEqualTo("anonymous");
    assertThat(api.tasks.changes.get(1).bodyHash())
        .hasSize(16)
        .isEqualTo(api.tasks.changes.get(0).bodyHash());
  }

  @Test
  void validate_only_creates_nothing() {
    CreateTaskResponse response =
        tasks.createTask(
            CreateTaskRequest.newBuilder().setTask(fetch()).setValidateOnly(true).build());

    assertThat(response.getTask().getName()).isEqualTo("tasks/preview");
    assertThat(api.tasks.changes).isEmpty();
  }

  @Test
  void a_batch_is_created_in_order_and_answered_without_the_inputs() {
    BatchCreateTasksResponse created =
        tasks.batchCreateTasks(
            BatchCreateTasksRequest.newBuilder()
                .addRequests(CreateTaskRequest.newBuilder().setTaskId("a").setTask(fetch()))
                .addRequests(CreateTaskRequest.newBuilder().setTaskId("b").setTask(fetch()))
                .build());

    assertThat(created.getTasksList())
        .extracting(Task::getName)
        .containsExactly("tasks/a", "tasks/b");
    assertThat(created.getTasksList()).noneMatch(Task::hasInput);
  }

  @Test
  void a_missing_task_is_named() {
    Throwable error =
        catchThrowable(() -> tasks.getTask(GetTaskRequest.newBuilder().setName("tasks/x").build()));

    assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    assertThat(detail(error, ResourceInfo.class).orElseThrow().getResourceName())
        .isEqualTo("tasks/x");
  }

  @Test
  void a_read_mask_returns_what_it_names() {
    api.tasks.rows.put("a", task("a", TaskState.RUNNING, 1, 4));

    Task masked = tasks.getTask(get("tasks/a", "name", "state", "retry_policy.jitter")).getTask();

    assertThat(masked)
        .isEqualTo(
            Task.newBuilder()
                .setName("tasks/a")
                .setState(Task.State.STATE_RUNNING)
                .setRetryPolicy(RetryPolicy.getDefaultInstance())
                .build());
  }

  @Test
  void an_unknown_path_of_a_read_mask_is_named() {
    Throwable error = catchThrowable(() -> tasks.getTask(get("tasks/a", "name", "colour")));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(onlyViolation(error).getField()).isEqualTo("read_mask.paths[1]");
    assertThat(onlyViolation(error).getDescription()).contains("\"colour\"");
  }

  @Test
  void cancelling_an_ended_task_is_a_failed_precondition() {
    api.tasks.rows.put("a", task("a", TaskState.SUCCEEDED, 1, 4));

    Throwable error =
        catchThrowable(
            () -> tasks.cancelTask(CancelTaskRequest.newBuilder().setName("tasks/a").build()));

    assertThat(codeAndReason(error)).isEqualTo("FAILED_PRECONDITION TASK_ENDED");
    assertThat(detail(error, PreconditionFailure.class).orElseThrow().getViolations(0).getSubject())
        .isEqualTo("tasks/a");
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
