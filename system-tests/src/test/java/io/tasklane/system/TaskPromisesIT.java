package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.ExplainTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.UpdateTaskRequest;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WatchTaskRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about one task and of the lists of tasks. */
@ExtendWith(SharedServer.class)
class TaskPromisesIT {
  private static final String NOBODY = "tasks/nobody";

  private static Task.Builder noop() {
    return Client.task(Client.DATA, "system.noop", "{}");
  }

  private static Task failed(Client client, Task.Builder task) {
    RetryPolicy once = RetryPolicy.newBuilder().setMaximumAttempts(1).build();
    return client.end(client.create(task.setTaskType("system.fail").setRetryPolicy(once)));
  }

  @Test
  void of_looking_at_a_task(Client client) {
    for (String[] wrong :
        new String[][] {
          {"x", "INVALID_ARGUMENT INVALID_FIELD"}, {NOBODY, "NOT_FOUND TASK_NOT_FOUND"}
        }) {
      var get = GetTaskRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().getTask(get));
      var wait = WaitTaskRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().waitTask(wait));
      var watch = WatchTaskRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().watchTask(watch).next());
      var attempts = ListTaskAttemptsRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().listTaskAttempts(attempts));
      var explain = ExplainTaskRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.tasks().explainTask(explain));
    }
    var masked =
        GetTaskRequest.newBuilder()
            .setName(NOBODY)
            .setReadMask(FieldMask.newBuilder().addPaths("colour"))
            .build();
    refused("INVALID_ARGUMENT INVALID_FIELD", () -> client.tasks().getTask(masked));
  }

  @Test
  void of_lists(Client client) {
    Task task = client.end(client.create(noop()));
    var attempts =
        ListTaskAttemptsRequest.newBuilder().setName(task.getName()).setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.tasks().listTaskAttempts(attempts));
    var types = ListTaskTypesRequest.newBuilder();
    refused(
        "INVALID_ARGUMENT PAGE_TOKEN",
        () -> client.tasks().listTaskTypes(types.setPageToken("x").build()));
    refused(
        "INVALID_ARGUMENT INVALID_FIELD",
        () -> client.tasks().listTaskTypes(types.setPageSize(-1).build()));
    client.create(noop());
    String token = client.tasks().listTasks(list().setPageSize(1).build()).getNextPageToken();
    assertThat(token).isNotEmpty();
    refusedList(client, "INVALID_FIELD", list().setPageSize(501));
    refusedList(client, "INVALID_FIELD", list().setReadMask(FieldMask.newBuilder().addPaths("x")));
    refusedList(client, "PAGE_TOKEN", list().setPageToken("x"));
    refusedList(client, "PAGE_TOKEN", list().setPageToken(token).setFilter("state = QUEUED"));
    refusedList(client, "PAGE_TOKEN", list().setPageToken(token).setOrderBy("create_time"));
    refusedList(client, "ORDER_BY", list().setOrderBy("priority"));
    for (String filter :
        List.of(
            "state",
            "state = NONSENSE",
            "colour = red",
            "priority > 5",
            "state = QUEUED AND state = RUNNING",
            "create_time > yesterday",
            "queue = data_fetcher",
            "queue = \"open")) {
      refusedList(client, "FILTER", list().setFilter(filter));
    }
  }

  private static ListTasksRequest.Builder list() {
    return ListTasksRequest.newBuilder();
  }

  private static void refusedList(Client client, String reason, ListTasksRequest.Builder list) {
    refused("INVALID_ARGUMENT " + reason, () -> client.tasks().listTasks(list.build()));
  }

  @Test
  void of_an_update(Client client) {
    client.pause(Client.DATA);
    try {
      Task task = client.create(noop());
      UpdateTaskRequest once = update(task.toBuilder().setPriority(7), "priority");
      once = once.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
      client.tasks().updateTask(once);
      Task.Builder named = Task.newBuilder().setName(task.getName()).setPriority(8);
      UpdateTaskRequest other = once.toBuilder().setTask(named).build();
      refused("INVALID_ARGUMENT REQUEST_ID_REUSED", () -> client.tasks().updateTask(other));
      refused("INVALID_ARGUMENT INVALID_FIELD", () -> client.tasks().updateTask(update(named)));
      for (String path : List.of("state", "colour", "*", "run_after_time.seconds")) {
        refused(
            "INVALID_ARGUMENT INVALID_FIELD", () -> client.tasks().updateTask(update(named, path)));
      }
      Task.Builder strange = named.clone().setEtag("x");
      refused(
          "INVALID_ARGUMENT INVALID_FIELD",
          () -> client.tasks().updateTask(update(strange, "priority")));
      Task.Builder stale = task.toBuilder();
      refused("ABORTED ETAG_MISMATCH", () -> client.tasks().updateTask(update(stale, "priority")));
      Task.Builder nobody = named.clone().setName(NOBODY);
      refused(
          "NOT_FOUND TASK_NOT_FOUND", () -> client.tasks().updateTask(update(nobody, "priority")));
      client.resume(Client.DATA);
      client.end(task);
      refused(
          "FAILED_PRECONDITION TASK_ENDED",
          () -> client.tasks().updateTask(update(named, "priority")));
    } finally {
      client.resume(Client.DATA);
    }
    Task running =
        client.reach(
            client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":600000}")),
            Task.State.STATE_RUNNING);
    Task.Builder run = Task.newBuilder().setName(running.getName()).setPriority(8);
    refused(
        "FAILED_PRECONDITION TASK_STARTED",
        () -> client.tasks().updateTask(update(run, "priority")));
    RetryTaskRequest early = RetryTaskRequest.newBuilder().setName(running.getName()).build();
    refused("FAILED_PRECONDITION TASK_NOT_ENDED", () -> client.tasks().retryTask(early));
    client.cancel(running);
    client.end(running);
  }

  private static UpdateTaskRequest update(Task.Builder task, String... paths) {
    return UpdateTaskRequest.newBuilder()
        .setTask(task)
        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
        .build();
  }

  @Test
  void of_a_cancel(Client client) {
    Task task = client.end(client.create(noop()));
    var cancel = CancelTaskRequest.newBuilder().setName(task.getName()).build();
    refused("FAILED_PRECONDITION TASK_ENDED", () -> client.tasks().cancelTask(cancel));
    var unnamed = CancelTaskRequest.getDefaultInstance();
    refused("INVALID_ARGUMENT INVALID_FIELD", () -> client.tasks().cancelTask(unnamed));
    var nobody = CancelTaskRequest.newBuilder().setName(NOBODY).build();
    refused("NOT_FOUND TASK_NOT_FOUND", () -> client.tasks().cancelTask(nobody));
    Task later =
        client.create(
            noop().setRunAfterTime(Timestamps.fromMillis(System.currentTimeMillis() + 3_600_000)));
    var once =
        CancelTaskRequest.newBuilder()
            .setName(later.getName())
            .setRequestId(UUID.randomUUID().toString())
            .build();
    client.tasks().cancelTask(once);
    var other = once.toBuilder().setReason("another").build();
    refused("INVALID_ARGUMENT REQUEST_ID_REUSED", () -> client.tasks().cancelTask(other));
  }

  @Test
  void of_a_retry(Client client) {
    Task failed = failed(client, Client.task(Client.DATA, "system.fail", "{}"));
    RetryTaskRequest retry = RetryTaskRequest.newBuilder().setName(failed.getName()).build();
    RetryTaskRequest once = retry.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    client.end(client.tasks().retryTask(once).getTask());
    RetryTaskRequest other = once.toBuilder().setInputOverride(Client.json("{}")).build();
    refused("INVALID_ARGUMENT REQUEST_ID_REUSED", () -> client.tasks().retryTask(other));
    String large = "{\"t\":\"" + "x".repeat(256 * 1024) + "\"}";
    RetryTaskRequest heavy = retry.toBuilder().setInputOverride(Client.json(large)).build();
    refused("INVALID_ARGUMENT PAYLOAD_TOO_LARGE", () -> client.tasks().retryTask(heavy));
    RetryTaskRequest broken =
        retry.toBuilder().setInputOverride(Client.json("{\"times\":\"x\"}")).build();
    refused("INVALID_ARGUMENT INPUT_SCHEMA", () -> client.tasks().retryTask(broken));
    RetryTaskRequest unnamed = RetryTaskRequest.getDefaultInstance();
    refused("INVALID_ARGUMENT INVALID_FIELD", () -> client.tasks().retryTask(unnamed));
    RetryTaskRequest nobody = RetryTaskRequest.newBuilder().setName(NOBODY).build();
    refused("NOT_FOUND TASK_NOT_FOUND", () -> client.tasks().retryTask(nobody));
    Task done = client.end(client.create(noop()));
    RetryTaskRequest fine = RetryTaskRequest.newBuilder().setName(done.getName()).build();
    refused("FAILED_PRECONDITION TASK_SUCCEEDED", () -> client.tasks().retryTask(fine));
  }

  @Test
  void of_running_again_what_failed_in_a_queue_that_drains_or_is_gone(Client client) {
    var create = CreateQueueRequest.newBuilder().setQueueId("ONCE").build();
    String queue = client.queues().createQueue(create).getQueue().getName();
    Task failed = failed(client, Client.task(queue, "system.fail", "{}"));
    RetryTaskRequest retry = RetryTaskRequest.newBuilder().setName(failed.getName()).build();
    String letter = failed.getName().replace("tasks/", "deadLetters/");
    var replay = ReplayDeadLetterRequest.newBuilder().setName(letter).build();
    Task waits = fill(client, queue);
    refused("RESOURCE_EXHAUSTED QUEUE_FULL", () -> client.tasks().retryTask(retry));
    refused("RESOURCE_EXHAUSTED QUEUE_FULL", () -> client.deadLetters().replayDeadLetter(replay));
    client.cancel(waits);
    client.queues().drainQueue(DrainQueueRequest.newBuilder().setName(queue).build());
    refused("FAILED_PRECONDITION QUEUE_DRAINING", () -> client.tasks().retryTask(retry));
    refused(
        "FAILED_PRECONDITION QUEUE_DRAINING", () -> client.deadLetters().replayDeadLetter(replay));
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
    refused("FAILED_PRECONDITION QUEUE_UNKNOWN", () -> client.tasks().retryTask(retry));
    refused(
        "FAILED_PRECONDITION QUEUE_UNKNOWN", () -> client.deadLetters().replayDeadLetter(replay));
  }

  /** The queue starts nothing, and has as many tasks as it takes. */
  private static Task fill(Client client, String queue) {
    client.queues().pauseQueue(PauseQueueRequest.newBuilder().setName(queue).build());
    client
        .queues()
        .updateQueue(
            UpdateQueueRequest.newBuilder()
                .setQueue(Queue.newBuilder().setName(queue).setMaximumDepth(1))
                .build());
    return client.create(Client.task(queue, "system.noop", "{}"));
  }
}
