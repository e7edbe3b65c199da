package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.Event;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a queue that a client creates: used, drained, deleted, and created again. */
@ExtendWith(SharedServer.class)
class QueueLifeIT {
  private static Queue create(Client client, String id) {
    CreateQueueRequest request = CreateQueueRequest.newBuilder().setQueueId(id).build();
    return client.queues().createQueue(request).getQueue();
  }

  private static void delete(Client client, String queue) {
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
  }

  private static Task.Builder noop(String queue) {
    return Client.task(queue, "system.noop", "{}");
  }

  @Test
  void a_new_queue_runs_its_tasks_at_once_and_is_seen_by_all(Client client) {
    String queue = create(client, "REPORTS").getName();
    try {
      Task done = client.end(client.create(noop(queue)));
      assertThat(done.getState()).isEqualTo(State.STATE_SUCCEEDED);
      Iterator<WatchQueueStatsResponse> watch =
          client.queues().watchQueueStats(WatchQueueStatsRequest.getDefaultInstance());
      assertThat(watch.next().getStatsMap()).containsKey(queue);
      Queue.Builder wanted =
          Queue.newBuilder().setName(queue).setDefaultResultTtl(Durations.fromSeconds(60));
      client.queues().updateQueue(UpdateQueueRequest.newBuilder().setQueue(wanted).build());
      Task next = client.end(client.create(noop(queue)));
      assertThat(next.getResultTtl()).isEqualTo(Durations.fromSeconds(60));
      assertThat(done.getResultTtl()).isEqualTo(Durations.fromSeconds(86_400));
    } finally {
      delete(client, queue);
    }
  }

  @Test
  void a_queue_is_drained_deleted_and_created_again(Client client) {
    String before = client.resumeToken();
    String queue = create(client, "SEASON").getName();
    client.pause(queue);
    List<Task> waiting =
        client.createAll(List.of(noop(queue), noop(queue).setPriority(9), noop(queue)));
    StatusRuntimeException full = Client.refusal(() -> delete(client, queue));
    assertThat(Refusals.reason(full)).isEqualTo("QUEUE_NOT_EMPTY");
    client.queues().drainQueue(DrainQueueRequest.newBuilder().setName(queue).build());
    StatusRuntimeException late = Client.refusal(() -> client.create(noop(queue)));
    assertThat(late.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(late)).isEqualTo("QUEUE_DRAINING");
    List<Task> ended = waiting.stream().map(client::end).toList();
    assertThat(ended).extracting(Task::getState).containsOnly(State.STATE_SUCCEEDED);
    assertThat(Timestamps.compare(ended.get(1).getStartTime(), ended.get(0).getStartTime()))
        .as("the urgent one first")
        .isNegative();

    delete(client, queue);
    GetQueueRequest get = GetQueueRequest.newBuilder().setName(queue).build();
    StatusRuntimeException gone = Client.refusal(() -> client.queues().getQueue(get));
    assertThat(Refusals.reason(gone)).isEqualTo("QUEUE_NOT_FOUND");
    StatusRuntimeException unknown = Client.refusal(() -> client.create(noop(queue)));
    assertThat(Refusals.reason(unknown)).isEqualTo("QUEUE_UNKNOWN");
    assertThat(client.get(waiting.get(0).getName()).getQueue()).isEqualTo(queue);

    create(client, "SEASON");
    assertThat(client.end(client.create(noop(queue))).getState()).isEqualTo(State.STATE_SUCCEEDED);
    delete(client, queue);
    assertThat(changes(client, queue, before, 6))
        .containsExactly("CREATED", "PAUSED", "DRAINED", "DELETED", "CREATED", "DELETED");
  }

  private static List<String> changes(Client client, String queue, String token, int count) {
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder()
            .setFilter("event_type = \"queue.changed\" AND subject = \"" + queue + "\"")
            .setResumeToken(token)
            .build();
    Iterator<SubscribeEventsResponse> stream = client.events().subscribeEvents(request);
    List<String> seen = new ArrayList<>();
    while (seen.size() < count) {
      for (Event event : stream.next().getBatch().getEventsList()) {
        JsonObject data =
            JsonParser.parseString(event.getData().getInline().toStringUtf8()).getAsJsonObject();
        seen.add(data.get("change").getAsString());
      }
    }
    return seen;
  }

  @Test
  void a_queue_of_the_configuration_is_not_deleted_and_no_name_is_taken_twice(Client client) {
    StatusRuntimeException configured = Client.refusal(() -> delete(client, Client.AI));
    assertThat(Refusals.reason(configured)).isEqualTo("QUEUE_CONFIGURED");
    StatusRuntimeException taken = Client.refusal(() -> create(client, "AI_ANALYSIS"));
    assertThat(taken.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(taken)).isEqualTo("QUEUE_EXISTS");
  }

  @Test
  void a_change_from_an_old_version_aborts(Client client) {
    Queue queue = create(client, "ETAGS");
    try {
      Queue.Builder wanted = queue.toBuilder().setDefaultResultTtl(Durations.fromSeconds(60));
      UpdateQueueRequest request = UpdateQueueRequest.newBuilder().setQueue(wanted).build();
      client.queues().updateQueue(request);
      StatusRuntimeException stale = Client.refusal(() -> client.queues().updateQueue(request));
      assertThat(stale.getStatus().getCode()).isEqualTo(Code.ABORTED);
      assertThat(Refusals.reason(stale)).isEqualTo("ETAG_MISMATCH");
    } finally {
      delete(client, queue.getName());
    }
  }
}
