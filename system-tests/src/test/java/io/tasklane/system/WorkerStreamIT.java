package io.tasklane.system;

import static io.tasklane.system.Refusals.reason;
import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.Credit;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.GetTaskTypeRequest;
import io.tasklane.v1.GetWorkerRequest;
import io.tasklane.v1.Hello;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import io.tasklane.v1.WorkerServiceGrpc.WorkerServiceBlockingStub;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers over the whole system, and each refusal of the calls about them. */
@ExtendWith(SharedServer.class)
class WorkerStreamIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";

  private static String type() {
    return "remote." + UUID.randomUUID();
  }

  private static WorkRequest.Builder hello(String name, TaskType.Builder... types) {
    Hello.Builder hello =
        Hello.newBuilder().setWorker(Worker.newBuilder().setName(name).setSlots(2));
    for (TaskType.Builder type : types) {
      hello.addTaskTypes(type);
    }
    return WorkRequest.newBuilder().setHello(hello);
  }

  private static TaskType.Builder named(String type) {
    return TaskType.newBuilder().setTaskType(type);
  }

  private static Task task(Client client, String name, String type) {
    CreateTaskRequest request =
        Client.creation(Client.task(Client.DATA, type, "{}")).toBuilder().setTaskId(name).build();
    return client.tasks().createTask(request).getTask();
  }

  private static String refusal(Client client, WorkRequest.Builder... said) throws Exception {
    WorkerStream stream = new WorkerStream(client.channel());
    for (WorkRequest.Builder one : said) {
      stream.say(one);
    }
    return answer(stream);
  }

  private static String answer(WorkerStream stream) throws InterruptedException {
    StatusRuntimeException error = (StatusRuntimeException) stream.error();
    return error.getStatus().getCode() + " " + reason(error);
  }

  @Test
  void a_worker_that_is_killed_loses_its_task_to_another_process(
      Client client, RunningServer server) throws Exception {
    String type = type();
    String name = "w" + UUID.randomUUID();
    try (WorkerProcess first = WorkerProcess.start(server.grpc(), type)) {
      until(() -> known(client, type));
      Task task = task(client, name + "-4000", type);
      String killed = client.reach(task, Task.State.STATE_RUNNING).getWorker();
      first.kill();
      try (WorkerProcess second = WorkerProcess.start(server.grpc(), type)) {
        Task ended = client.end(task);
        assertThat(ended.getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
        assertThat(ended.getAttempt()).isEqualTo(1);
        assertThat(ended.getLostCount()).isEqualTo(1);
        assertThat(ended.getWorker()).startsWith("workers/").isNotEqualTo(killed);
        assertThat(worker(client, killed).getState()).isEqualTo(Worker.State.STATE_LOST);
        refused(
            "FAILED_PRECONDITION WORKER_LOST",
            () ->
                stub(client).drainWorker(DrainWorkerRequest.newBuilder().setName(killed).build()));
        assertThat(refusal(client, hello(killed, named(type))))
            .isEqualTo("FAILED_PRECONDITION WORKER_LOST");
      }
    }
  }

  private static boolean known(Client client, String type) {
    try {
      var request = GetTaskTypeRequest.newBuilder().setTaskType(type).build();
      return client.tasks().getTaskType(request).getTaskType().getWorkerCount() > 0;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private static void until(BooleanSupplier so) throws InterruptedException {
    for (int tries = 0; !so.getAsBoolean(); tries++) {
      assertThat(tries).as("within a minute").isLessThan(600);
      Thread.sleep(100);
    }
  }

  private static WorkerServiceBlockingStub stub(Client client) {
    return WorkerServiceGrpc.newBlockingStub(client.channel());
  }

  private static Worker worker(Client client, String name) {
    return stub(client).getWorker(GetWorkerRequest.newBuilder().setName(name).build()).getWorker();
  }

  @Test
  void of_the_stream(Client client) throws Exception {
    String type = type();
    assertThat(
            refusal(client, WorkRequest.newBuilder().setCredit(Credit.newBuilder().setOffers(1))))
        .isEqualTo(BAD);
    assertThat(refusal(client, hello("", named("system.noop"))))
        .isEqualTo("FAILED_PRECONDITION TASK_TYPE_BUILT_IN");
    assertThat(refusal(client, hello("", named(type).setInputSchema("7"))))
        .isEqualTo("INVALID_ARGUMENT INPUT_SCHEMA");
    WorkerStream stream = new WorkerStream(client.channel());
    stream.say(hello("", named(type).setInputSchema("{}")));
    String name = stream.response().getWelcome().getWorker();
    assertThat(refusal(client, hello("", named(type).setInputSchema("true"))))
        .isEqualTo("FAILED_PRECONDITION TASK_TYPE_DIFFERS");
    WorkerStream again = new WorkerStream(client.channel());
    again.say(hello(name, named(type)));
    assertThat(again.response().getWelcome().getWorker()).isEqualTo(name);
    assertThat(answer(stream)).isEqualTo("ABORTED WORKER_REPLACED");
    again.halfClose();
    assertThat(again.response().hasAcknowledgement()).isTrue();
    assertThat(again.next()).isEqualTo("completed");
    assertThat(worker(client, name).getState()).isEqualTo(Worker.State.STATE_STOPPED);
  }

  @Test
  void of_looking_at_workers_and_draining_them(Client client) throws Exception {
    String type = type();
    WorkerStream stream = new WorkerStream(client.channel());
    stream.say(hello("", named(type)));
    String name = stream.response().getWelcome().getWorker();
    for (String[] wrong :
        new String[][] {{"x", BAD}, {"workers/no", "NOT_FOUND WORKER_NOT_FOUND"}}) {
      refused(wrong[1], () -> worker(client, wrong[0]));
      var drain = DrainWorkerRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> stub(client).drainWorker(drain));
    }
    var size = ListWorkersRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> stub(client).listWorkers(size));
    var filter = ListWorkersRequest.newBuilder().setFilter("x").build();
    refused("INVALID_ARGUMENT FIELD_NOT_SERVED", () -> stub(client).listWorkers(filter));
    var token = ListWorkersRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> stub(client).listWorkers(token));
    String id = UUID.randomUUID().toString();
    var drain = DrainWorkerRequest.newBuilder().setRequestId(id).setName(name);
    assertThat(stub(client).drainWorker(drain.build()).getWorker().getState())
        .isEqualTo(Worker.State.STATE_DRAINING);
    refused(REUSED, () -> stub(client).drainWorker(drain.setReason("other").build()));
    stream.halfClose();
  }

  @Test
  void of_task_types(Client client) throws Exception {
    String type = type();
    String id = UUID.randomUUID().toString();
    var creation =
        CreateTaskTypeRequest.newBuilder().setRequestId(id).setTaskType(named(type)).build();
    client.tasks().createTaskType(creation);
    var other = creation.toBuilder().setTaskType(named(type).setDescription("Other."));
    refused(REUSED, () -> client.tasks().createTaskType(other.build()));
    refused(
        "FAILED_PRECONDITION TASK_TYPE_DIFFERS",
        () -> client.tasks().createTaskType(other.clearRequestId().build()));
    for (TaskType.Builder wrong :
        new TaskType.Builder[] {named("no name"), named(type).setInputSchema("7")}) {
      refused(
          wrong.getInputSchema().isEmpty() ? BAD : "INVALID_ARGUMENT INPUT_SCHEMA",
          () ->
              client
                  .tasks()
                  .createTaskType(CreateTaskTypeRequest.newBuilder().setTaskType(wrong).build()));
    }
    var own = CreateTaskTypeRequest.newBuilder().setTaskType(named("system.noop")).build();
    refused("FAILED_PRECONDITION TASK_TYPE_BUILT_IN", () -> client.tasks().createTaskType(own));
    refused("FAILED_PRECONDITION TASK_TYPE_BUILT_IN", () -> delete(client, "system.noop"));
    String name = "w" + UUID.randomUUID();
    Task task = task(client, name, type);
    refused("FAILED_PRECONDITION TASK_TYPE_IN_USE", () -> delete(client, type));
    client.cancel(task);
    client
        .tasks()
        .deleteTaskType(
            DeleteTaskTypeRequest.newBuilder().setRequestId(id).setTaskType(type).build());
    refused(
        REUSED,
        () ->
            client
                .tasks()
                .deleteTaskType(
                    DeleteTaskTypeRequest.newBuilder().setRequestId(id).setTaskType("x").build()));
    for (String[] wrong : new String[][] {{"", BAD}, {type, "NOT_FOUND TASK_TYPE_NOT_FOUND"}}) {
      refused(wrong[1], () -> delete(client, wrong[0]));
      var get = GetTaskTypeRequest.newBuilder().setTaskType(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().getTaskType(get));
    }
  }

  private static void delete(Client client, String type) {
    client.tasks().deleteTaskType(DeleteTaskTypeRequest.newBuilder().setTaskType(type).build());
  }
}
