package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of a creation, alone, in a batch and in a stream. */
@ExtendWith(SharedServer.class)
class CreationPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT ";
  private static final String HASH = "0123456789abcdef".repeat(4);

  private static Task.Builder noop() {
    return Client.task(Client.DATA, "system.noop", "{}");
  }

  private static CreateTaskRequest of(Task.Builder task) {
    return Client.creation(task);
  }

  /** By what is answered. */
  private static Map<String, CreateTaskRequest> wrong() {
    Map<String, CreateTaskRequest> requests = new LinkedHashMap<>();
    requests.put(BAD + "INVALID_FIELD", of(noop().setPriority(11)));
    Task.Builder watched = noop();
    watched.getTimeoutsBuilder().getHeartbeatTimeoutBuilder().setSeconds(9);
    requests.put(BAD + "FIELD_NOT_SERVED", of(watched));
    String large = "{\"t\":\"" + "x".repeat(256 * 1024) + "\"}";
    requests.put(BAD + "PAYLOAD_TOO_LARGE", of(noop().setInput(Client.json(large))));
    requests.put(BAD + "QUEUE_UNKNOWN", of(noop().setQueue("queues/NOWHERE")));
    requests.put(BAD + "TASK_TYPE_UNKNOWN", of(noop().setTaskType("no_such")));
    requests.put(BAD + "TASK_TYPE_NOT_ACCEPTED", of(noop().setTaskType("claude_morning_prep")));
    requests.put(
        BAD + "INPUT_SCHEMA", of(Client.task(Client.DATA, "system.sleep", "{\"millis\":\"x\"}")));
    PayloadReference nothing =
        PayloadReference.newBuilder()
            .setUri("artifacts/" + HASH)
            .setSha256(HASH)
            .setSizeBytes(1)
            .build();
    Task.Builder echo = Client.task(Client.DATA, "system.echo", "{}");
    requests.put(
        BAD + "ARTIFACT_UNKNOWN", of(echo.setInput(Payload.newBuilder().setReference(nothing))));
    requests.put(BAD + "DEPENDENCY_UNKNOWN", of(needing("nobody")));
    requests.put(BAD + "RESOURCE_UNKNOWN", of(noop().putResourceUnits("nothing", 1)));
    String own = "own-" + UUID.randomUUID();
    requests.put(BAD + "DEPENDENCY_CYCLE", of(needing(own)).toBuilder().setTaskId(own).build());
    return requests;
  }

  private static Task.Builder needing(String id) {
    return noop().addDependencies(Dependency.newBuilder().setTask("tasks/" + id));
  }

  /** Those that need something to be there first. */
  private static Map<String, CreateTaskRequest> refusedNow(Client client, String queue) {
    Map<String, CreateTaskRequest> requests = wrong();
    String taken = "taken-" + UUID.randomUUID();
    CreateTaskRequest first = of(noop()).toBuilder().setTaskId(taken).build();
    client.tasks().createTask(first);
    requests.put("ALREADY_EXISTS TASK_EXISTS", first);
    client.queues().createQueue(CreateQueueRequest.newBuilder().setQueueId(queue).build());
    String name = "queues/" + queue;
    client.queues().drainQueue(DrainQueueRequest.newBuilder().setName(name).build());
    requests.put("FAILED_PRECONDITION QUEUE_DRAINING", of(noop().setQueue(name)));
    requests.put("RESOURCE_EXHAUSTED QUEUE_FULL", of(noop().setQueue(full(client, queue))));
    return requests;
  }

  /** A queue that starts nothing, with as many tasks as it takes. */
  private static String full(Client client, String queue) {
    String id = queue + "_FULL";
    client
        .queues()
        .createQueue(
            CreateQueueRequest.newBuilder()
                .setQueueId(id)
                .setQueue(Queue.newBuilder().setMaximumDepth(1))
                .build());
    String name = "queues/" + id;
    client.queues().pauseQueue(PauseQueueRequest.newBuilder().setName(name).build());
    client
        .tasks()
        .createTask(of(noop().setQueue(name)).toBuilder().setTaskId(filler(queue)).build());
    return name;
  }

  private static String filler(String queue) {
    return "fills." + queue;
  }

  private static void delete(Client client, String queue) {
    client
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName("tasks/" + filler(queue)).build());
    client
        .queues()
        .deleteQueue(DeleteQueueRequest.newBuilder().setName("queues/" + queue + "_FULL").build());
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName("queues/" + queue).build());
  }

  @Test
  void of_one_task(Client client) {
    refusedNow(client, "DRAINED_ONE")
        .forEach(
            (answer, wrong) -> Refusals.refused(answer, () -> client.tasks().createTask(wrong)));
    delete(client, "DRAINED_ONE");
    CreateTaskRequest once =
        of(noop()).toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    client.tasks().createTask(once);
    CreateTaskRequest other = once.toBuilder().setTask(noop().setPriority(9)).build();
    Refusals.refused(BAD + "REQUEST_ID_REUSED", () -> client.tasks().createTask(other));
  }

  @Test
  void of_a_batch(Client client) {
    refusedNow(client, "DRAINED_BATCH")
        .forEach(
            (answer, wrong) ->
                Refusals.refused(
                    answer, () -> client.tasks().batchCreateTasks(batch("", of(noop()), wrong))));
    delete(client, "DRAINED_BATCH");
    String id = UUID.randomUUID().toString();
    client.tasks().batchCreateTasks(batch(id, of(noop())));
    Refusals.refused(
        BAD + "REQUEST_ID_REUSED",
        () -> client.tasks().batchCreateTasks(batch(id, of(noop()), of(noop()))));
  }

  private static BatchCreateTasksRequest batch(String id, CreateTaskRequest... requests) {
    return BatchCreateTasksRequest.newBuilder()
        .setRequestId(id)
        .addAllRequests(List.of(requests))
        .build();
  }

  @Test
  void of_an_element_of_a_stream_which_goes_on(Client client) throws Exception {
    Map<String, CreateTaskRequest> wrong = refusedNow(client, "DRAINED_STREAM");
    String id = UUID.randomUUID().toString();
    CreateTaskRequest once = of(noop()).toBuilder().setRequestId(id).build();
    Elements elements = new Elements(client);
    elements.send(once);
    wrong.values().forEach(elements::send);
    elements.send(once.toBuilder().setTask(noop().setPriority(9)).build());
    elements.send(of(noop()));

    List<String> answers = elements.answers(wrong.size() + 3);

    assertThat(answers.get(0)).isEqualTo("OK");
    assertThat(answers.subList(1, wrong.size() + 1)).containsExactlyElementsOf(wrong.keySet());
    assertThat(answers.get(wrong.size() + 1)).isEqualTo(BAD + "REQUEST_ID_REUSED");
    assertThat(answers.get(wrong.size() + 2)).isEqualTo("OK");
    delete(client, "DRAINED_STREAM");
  }

  @Test
  void of_an_element_over_4_mib_which_ends_its_stream(Client client) throws Exception {
    Elements elements = new Elements(client);
    elements.send(of(noop().setInput(Client.json("x".repeat(5 * 1024 * 1024)))));
    assertThat(elements.end()).isEqualTo("RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE");
  }
}
