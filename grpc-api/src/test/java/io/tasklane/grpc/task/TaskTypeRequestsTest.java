package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.GetTaskTypeRequest;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.tasklane.v1.TaskType;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Task types are registered, shown and deleted over the wire. */
class TaskTypeRequestsTest {
  private ApiOfTest api;
  private TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static TaskType.Builder news() {
    TaskType.Builder type =
        TaskType.newBuilder()
            .setTaskType("news")
            .addQueues("queues/NEWS")
            .setDescription("Looks at the news.")
            .setInputSchema("{}")
            .setRevision(4);
    type.getDefaultRetryPolicyBuilder().setMaximumAttempts(3);
    type.getDefaultTimeoutsBuilder().getAttemptTimeoutBuilder().setSeconds(9);
    return type;
  }

  private TaskType create(TaskType.Builder type) {
    return tasks
        .createTaskType(CreateTaskTypeRequest.newBuilder().setTaskType(type).build())
        .getTaskType();
  }

  private String refused(TaskType.Builder type) {
    return codeAndReason(catchThrowable(() -> create(type)));
  }

  @Test
  void a_type_is_registered_as_it_was_sent() {
    TaskType stored = create(news());
    assertThat(stored.getTaskType()).isEqualTo("news");
    assertThat(stored.getQueuesList()).containsExactly("queues/NEWS");
    assertThat(stored.getDescription()).isEqualTo("Looks at the news.");
    assertThat(stored.getInputSchema()).isEqualTo("{}");
    assertThat(stored.getRevision()).isEqualTo(4);
    assertThat(stored.getDefaultRetryPolicy().getMaximumAttempts()).isEqualTo(3);
    assertThat(stored.getDefaultTimeouts().getAttemptTimeout().getSeconds()).isEqualTo(9);
    assertThat(stored.getBuiltIn()).isFalse();
    assertThat(stored.hasCreateTime()).isTrue();
    assertThat(
            tasks
                .getTaskType(GetTaskTypeRequest.newBuilder().setTaskType("news").build())
                .getTaskType())
        .isEqualTo(stored);
  }

  @Test
  void revision_0_reads_as_1() {
    assertThat(create(news().clearRevision()).getRevision()).isEqualTo(1);
  }

  @Test
  void what_breaks_a_rule_is_refused() {
    assertThat(refused(news().setTaskType("no name"))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refused(news().setRevision(-1))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refused(news().addQueues("NEWS"))).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refused(news().setPreemptible(true))).isEqualTo("INVALID_ARGUMENT FIELD_NOT_SERVED");
  }

  @Test
  void a_refusal_arrives_with_its_reason() {
    api.types.refusal =
        Optional.of(
            Refusal.precondition(RefusalReason.TASK_TYPE_DIFFERS, "task_types/news", "differs"));
    assertThat(refused(news())).isEqualTo("FAILED_PRECONDITION TASK_TYPE_DIFFERS");
  }

  @Test
  void a_type_is_deleted_and_then_unknown() {
    create(news());
    DeleteTaskTypeRequest request = DeleteTaskTypeRequest.newBuilder().setTaskType("news").build();
    tasks.deleteTaskType(request);
    assertThat(codeAndReason(catchThrowable(() -> tasks.deleteTaskType(request))))
        .isEqualTo("NOT_FOUND TASK_TYPE_NOT_FOUND");
    assertThat(
            codeAndReason(
                catchThrowable(
                    () ->
                        tasks.getTaskType(
                            GetTaskTypeRequest.newBuilder().setTaskType("news").build()))))
        .isEqualTo("NOT_FOUND TASK_TYPE_NOT_FOUND");
  }
}
