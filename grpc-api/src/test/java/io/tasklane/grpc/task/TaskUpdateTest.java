package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.task.Priority;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.TaskUpdate.Field;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.UpdateTaskRequest;
import io.tasklane.v1.UpdateTaskResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UpdateTask at the edge: what it passes on, and what it answers to what it must refuse. */
class TaskUpdateTest {
  private ApiOfTest api;
  private TaskServiceGrpc.TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel);
    api.tasks.rows.put("a", task("a", TaskState.QUEUED, 0, 4));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void only_what_the_mask_names_is_passed_on() {
    Task.Builder task =
        Task.newBuilder()
            .setName("tasks/a")
            .setPriority(9)
            .putLabels("desk", "us")
            .setRunAfterTime(Timestamp.newBuilder().setSeconds(5));
    tasks.updateTask(request(task, "priority", "run_after_time"));
    assertThat(api.tasks.updates)
        .containsExactly(
            new TaskUpdate(
                Set.of(Field.PRIORITY, Field.RUN_AFTER_TIME),
                new Priority(9),
                Optional.of(Instant.ofEpochSecond(5)),
                Optional.empty(),
                Map.of()));
  }

  @Test
  void a_named_time_that_is_unset_is_taken_away() {
    tasks.updateTask(request(Task.newBuilder().setName("tasks/a"), "expire_time"));
    assertThat(api.tasks.updates.get(0).fields()).containsExactly(Field.EXPIRE_TIME);
    assertThat(api.tasks.updates.get(0).expireTime()).isEmpty();
  }

  @Test
  void the_etag_of_an_answer_is_taken_and_an_older_one_is_aborted() {
    Task.Builder task = Task.newBuilder().setName("tasks/a").setPriority(3);
    UpdateTaskResponse answer = tasks.updateTask(request(task, "priority"));
    task.setEtag(answer.getTask().getEtag());
    assertThat(tasks.updateTask(request(task, "priority")).getTask().getName())
        .isEqualTo("tasks/a");
    task.setEtag("\"1\"");
    Throwable error = refused(task, "priority");
    assertThat(codeAndReason(error)).isEqualTo("ABORTED ETAG_MISMATCH");
  }

  @Test
  void a_repeated_request_id_gives_the_first_answer() {
    UpdateTaskRequest request =
        request(Task.newBuilder().setName("tasks/a").setPriority(3), "priority").toBuilder()
            .setRequestId("r1")
            .build();
    UpdateTaskResponse first = tasks.updateTask(request);
    assertThat(tasks.updateTask(request)).isEqualTo(first);
    assertThat(api.tasks.updates).hasSize(1);
  }

  @Test
  void each_fault_names_its_field() {
    Task.Builder task = Task.newBuilder().setName("tasks/a").setPriority(3);
    assertField(refused(task), "update_mask");
    assertField(refused(task, "priority", "state"), "update_mask.paths[1]");
    assertField(refused(task, "nonsense"), "update_mask.paths[0]");
    assertField(refused(task, "*"), "update_mask.paths[0]");
    assertField(refused(task, "run_after_time.seconds"), "update_mask.paths[0]");
    assertField(refused(task.clone().setEtag("W/1"), "priority"), "task.etag");
    assertField(refused(task.clone().setName("a"), "priority"), "task.name");
    assertField(refused(task.clone().setPriority(11), "priority"), "task.priority");
    assertField(refused(task.clone().putLabels("1", "x"), "labels"), "task.labels[\"1\"]");
    Timestamp never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    assertField(
        refused(task.clone().setRunAfterTime(never), "run_after_time"), "task.run_after_time");
    assertField(refused(task.clone().setExpireTime(never), "expire_time"), "task.expire_time");
    assertThat(api.tasks.updates).isEmpty();
  }

  @Test
  void a_reused_request_id_an_ended_and_an_unknown_task_are_refused() {
    Task.Builder unknown = Task.newBuilder().setName("tasks/nobody").setPriority(3);
    assertThat(codeAndReason(refused(unknown, "priority"))).isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    api.tasks.rows.put("b", task("b", TaskState.SUCCEEDED, 1, 4));
    Task.Builder ended = Task.newBuilder().setName("tasks/b").setPriority(3);
    assertThat(codeAndReason(refused(ended, "priority")))
        .isEqualTo("FAILED_PRECONDITION TASK_ENDED");
  }

  private Throwable refused(Task.Builder task, String... mask) {
    return catchThrowable(() -> tasks.updateTask(request(task, mask)));
  }

  private static void assertField(Throwable error, String field) {
    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField())
        .isEqualTo(field);
  }

  private static UpdateTaskRequest request(Task.Builder task, String... mask) {
    return UpdateTaskRequest.newBuilder()
        .setTask(task)
        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
        .build();
  }
}
