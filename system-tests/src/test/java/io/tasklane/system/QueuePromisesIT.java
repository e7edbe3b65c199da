package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about queues. */
@ExtendWith(SharedServer.class)
class QueuePromisesIT {
  private static final String NOWHERE = "queues/NOWHERE";
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";

  @Test
  void of_looking_at_queues(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, "NOT_FOUND QUEUE_NOT_FOUND"}}) {
      var get = GetQueueRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().getQueue(get));
      var stats = GetQueueStatsRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().getQueueStats(stats));
      var watch = WatchQueueStatsRequest.newBuilder().addNames(wrong[0]).build();
      refused(wrong[1], () -> client.queues().watchQueueStats(watch).next());
      var trial = SimulateQueueRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().simulateQueue(trial));
    }
    var size = ListQueuesRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.queues().listQueues(size));
    var token = ListQueuesRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.queues().listQueues(token));
  }

  @Test
  void of_pause_resume_and_drain(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, "NOT_FOUND QUEUE_NOT_FOUND"}}) {
      var pause = PauseQueueRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().pauseQueue(pause));
      var resume = ResumeQueueRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().resumeQueue(resume));
      var drain = DrainQueueRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.queues().drainQueue(drain));
    }
    String id = UUID.randomUUID().toString();
    var create = CreateQueueRequest.newBuilder().setQueueId("STOPPED").build();
    String queue = client.queues().createQueue(create).getQueue().getName();
    var pause = PauseQueueRequest.newBuilder().setName(queue).setRequestId(id).build();
    client.queues().pauseQueue(pause);
    var pauseOther = pause.toBuilder().setReason("another").build();
    refused(REUSED, () -> client.queues().pauseQueue(pauseOther));
    var resume = ResumeQueueRequest.newBuilder().setName(queue).setRequestId(id).build();
    client.queues().resumeQueue(resume);
    var resumeOther = resume.toBuilder().setName(Client.DATA).build();
    refused(REUSED, () -> client.queues().resumeQueue(resumeOther));
    var drain = DrainQueueRequest.newBuilder().setName(queue).setRequestId(id).build();
    client.queues().drainQueue(drain);
    var drainOther = drain.toBuilder().setReason("another").build();
    refused(REUSED, () -> client.queues().drainQueue(drainOther));
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
  }

  @Test
  void of_creating_and_changing(Client client) {
    String id = UUID.randomUUID().toString();
    var create = CreateQueueRequest.newBuilder().setQueueId("CHANGED").setRequestId(id).build();
    Queue queue = client.queues().createQueue(create).getQueue();
    var createOther = create.toBuilder().setQueueId("OTHER").build();
    refused(REUSED, () -> client.queues().createQueue(createOther));
    var again = CreateQueueRequest.newBuilder().setQueueId("CHANGED").build();
    refused("ALREADY_EXISTS QUEUE_EXISTS", () -> client.queues().createQueue(again));
    var small = CreateQueueRequest.newBuilder().setQueueId("small").build();
    refused(BAD, () -> client.queues().createQueue(small));
    var deep =
        CreateQueueRequest.newBuilder()
            .setQueueId("DEEP")
            .setQueue(
                Queue.newBuilder()
                    .setDefaultTimeouts(
                        Timeouts.newBuilder().setHeartbeatTimeout(Durations.fromSeconds(1))))
            .build();
    refused("INVALID_ARGUMENT FIELD_NOT_SERVED", () -> client.queues().createQueue(deep));

    var update = update(queue.toBuilder(), 60, "default_result_ttl");
    var once = update.toBuilder().setRequestId(id).build();
    client.queues().updateQueue(once);
    Queue.Builder plain = Queue.newBuilder().setName(queue.getName());
    var updateOther = update(plain, 90, "default_result_ttl").toBuilder().setRequestId(id).build();
    refused(REUSED, () -> client.queues().updateQueue(updateOther));
    refused("ABORTED ETAG_MISMATCH", () -> client.queues().updateQueue(update));
    Queue.Builder nowhere = Queue.newBuilder().setName(NOWHERE);
    refused(
        "NOT_FOUND QUEUE_NOT_FOUND",
        () -> client.queues().updateQueue(update(nowhere, 60, "default_result_ttl")));
    Queue.Builder named = Queue.newBuilder().setName(queue.getName());
    refused(
        "INVALID_ARGUMENT FIELD_NOT_SERVED",
        () -> client.queues().updateQueue(update(named, 60, "default_timeouts.heartbeat_timeout")));
    for (String path : List.of("state", "colour")) {
      refused(BAD, () -> client.queues().updateQueue(update(named, 60, path)));
    }
    var nothing =
        UpdateQueueRequest.newBuilder()
            .setQueue(Queue.newBuilder().setName(queue.getName()))
            .build();
    refused(BAD, () -> client.queues().updateQueue(nothing));
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue.getName()).build());
  }

  @Test
  void of_calendars(Client client) {
    String over = CalendarPromisesIT.create(client, "PAST", "2020-01-01", "2020-12-31");
    var creation = CreateQueueRequest.newBuilder().setQueueId("HOURS").build();
    String queue = client.queues().createQueue(creation).getQueue().getName();
    for (String[] wrong : new String[][] {{"NONE", "UNKNOWN"}, {"PAST", "RANGE"}}) {
      String refusal = "INVALID_ARGUMENT CALENDAR_" + wrong[1];
      Queue.Builder in = Queue.newBuilder().setCalendar("calendars/" + wrong[0]);
      var create = CreateQueueRequest.newBuilder().setQueueId("WRONG").setQueue(in).build();
      refused(refusal, () -> client.queues().createQueue(create));
      var update = UpdateQueueRequest.newBuilder().setQueue(in.setName(queue)).build();
      refused(refusal, () -> client.queues().updateQueue(update));
      var check = update.toBuilder().setValidateOnly(true).build();
      refused(refusal, () -> client.queues().updateQueue(check));
    }
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
    CalendarPromisesIT.delete(client, over);
  }

  private static UpdateQueueRequest update(Queue.Builder queue, int seconds, String path) {
    return UpdateQueueRequest.newBuilder()
        .setQueue(queue.clone().setDefaultResultTtl(Durations.fromSeconds(seconds)))
        .setUpdateMask(FieldMask.newBuilder().addPaths(path))
        .build();
  }

  @Test
  void of_deleting(Client client) {
    String id = UUID.randomUUID().toString();
    var create = CreateQueueRequest.newBuilder().setQueueId("DELETED").build();
    Queue queue = client.queues().createQueue(create).getQueue();
    client.pause(queue.getName());
    Task waiting = client.create(Client.task(queue.getName(), "system.noop", "{}"));
    var delete = DeleteQueueRequest.newBuilder().setName(queue.getName()).build();
    refused("FAILED_PRECONDITION QUEUE_NOT_EMPTY", () -> client.queues().deleteQueue(delete));
    client.cancel(waiting);
    var stale = delete.toBuilder().setEtag(queue.getEtag()).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.queues().deleteQueue(stale));
    var once = delete.toBuilder().setRequestId(id).build();
    client.queues().deleteQueue(once);
    var createNext = CreateQueueRequest.newBuilder().setQueueId("DELETED_NEXT").build();
    String next = client.queues().createQueue(createNext).getQueue().getName();
    var other = once.toBuilder().setName(next).build();
    refused(REUSED, () -> client.queues().deleteQueue(other));
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(next).build());
    refused("NOT_FOUND QUEUE_NOT_FOUND", () -> client.queues().deleteQueue(delete));
    var configured = DeleteQueueRequest.newBuilder().setName(Client.AI).build();
    refused("FAILED_PRECONDITION QUEUE_CONFIGURED", () -> client.queues().deleteQueue(configured));
    var unnamed = DeleteQueueRequest.getDefaultInstance();
    refused(BAD, () -> client.queues().deleteQueue(unnamed));
  }
}
