package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets an answer that names what is wrong, and leaves no task behind. */
@ExtendWith(SharedServer.class)
class RefusalIT {
  private static final String LARGE = "{\"text\":\"" + "x".repeat(256 * 1024) + "\"}";

  private static Task.Builder noop() {
    return Client.task(Client.DATA, "system.noop", "{}");
  }

  static Stream<Arguments> badTasks() {
    return Stream.of(
        arguments("an unknown queue", noop().setQueue("queues/NOWHERE"), "QUEUE_UNKNOWN", "queue"),
        arguments("no queue", noop().clearQueue(), "INVALID_FIELD", "queue"),
        arguments(
            "an unknown type", noop().setTaskType("no_such"), "TASK_TYPE_UNKNOWN", "task_type"),
        arguments("priority -1", noop().setPriority(-1), "INVALID_FIELD", "priority"),
        arguments("priority 11", noop().setPriority(11), "INVALID_FIELD", "priority"),
        arguments(
            "an input that breaks its schema",
            Client.task(Client.DATA, "system.sleep", "{\"millis\":\"long\"}"),
            "INPUT_SCHEMA",
            "input"),
        arguments(
            "an input that is no JSON",
            Client.task(Client.DATA, "system.echo", "{\"open\":"),
            "INPUT_SCHEMA",
            "input"),
        arguments(
            "an input over 256 KiB",
            Client.task(Client.DATA, "system.echo", LARGE),
            "PAYLOAD_TOO_LARGE",
            "input"));
  }

  @ParameterizedTest(name = "{0} is refused by name")
  @MethodSource("badTasks")
  void a_bad_task_is_refused_by_name(
      String what, Task.Builder task, String reason, String field, Client client) {
    String mark = "m" + UUID.randomUUID();
    StatusRuntimeException refusal =
        Client.refusal(() -> client.create(task.putLabels("mark", mark)));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(Refusals.reason(refusal)).isEqualTo(reason);
    assertThat(Refusals.domain(refusal)).isEqualTo("tasklane.io");
    assertThat(Refusals.violations(refusal))
        .as("fields named in %s", refusal)
        .anyMatch(v -> v.getField().startsWith("task." + field))
        .allMatch(v -> !v.getDescription().isBlank());
    ListTasksRequest marked =
        ListTasksRequest.newBuilder().setFilter("labels.mark = \"" + mark + "\"").build();
    assertThat(client.tasks().listTasks(marked).getTasksList()).isEmpty();
  }

  @Test
  void an_input_of_just_256_kib_is_taken(Client client) {
    String input = "{\"t\":\"" + "x".repeat(256 * 1024 - 8) + "\"}";
    assertThat(input).hasSize(256 * 1024);
    Task task = client.create(Client.task(Client.DATA, "system.noop", input));
    assertThat(client.end(task).getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
  }

  @Test
  void what_does_not_exist_is_not_found(Client client) {
    GetTaskRequest get = GetTaskRequest.newBuilder().setName("tasks/nothing").build();
    StatusRuntimeException task = Client.refusal(() -> client.tasks().getTask(get));
    assertThat(task.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(Refusals.reason(task)).isEqualTo("TASK_NOT_FOUND");
    PauseQueueRequest pause = PauseQueueRequest.newBuilder().setName("queues/NOWHERE").build();
    StatusRuntimeException queue = Client.refusal(() -> client.queues().pauseQueue(pause));
    assertThat(queue.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void one_bad_task_of_a_batch_refuses_the_batch_and_is_told_by_its_place(Client client) {
    String mark = "m" + UUID.randomUUID();
    List<Task.Builder> tasks =
        List.of(noop().putLabels("mark", mark), noop().setPriority(11).putLabels("mark", mark));
    StatusRuntimeException refusal = Client.refusal(() -> client.createAll(tasks));
    assertThat(Refusals.violations(refusal))
        .extracting(FieldViolation::getField)
        .contains("requests[1].task.priority");
    ListTasksRequest marked =
        ListTasksRequest.newBuilder().setFilter("labels.mark = \"" + mark + "\"").build();
    assertThat(client.tasks().listTasks(marked).getTasksList()).isEmpty();
  }

  @Test
  void a_task_id_in_use_and_the_cancel_of_an_ended_task_are_refused(Client client) {
    String id = "id-" + UUID.randomUUID();
    var request = Client.creation(noop()).toBuilder().setTaskId(id).build();
    Task task = client.tasks().createTask(request).getTask();
    StatusRuntimeException twice = Client.refusal(() -> client.tasks().createTask(request));
    assertThat(twice.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(twice)).isEqualTo("TASK_EXISTS");
    client.end(task);
    CancelTaskRequest cancel = CancelTaskRequest.newBuilder().setName(task.getName()).build();
    StatusRuntimeException late = Client.refusal(() -> client.tasks().cancelTask(cancel));
    assertThat(late.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(late)).isEqualTo("TASK_ENDED");
  }
}
