package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.Hello;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A server that stops ends what is open in words, so that clients know to begin again. It comes
 * after the other tests that need this server, because it leaves it stopped.
 */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(RestartedServer.Shared.class)
class StopPromisesIT {
  @Test
  void of_every_stream_that_is_open(RestartedServer restarted) throws Exception {
    RunningServer server = restarted.running();
    try (Client client = server.client()) {
      Task task =
          client.reach(
              client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":600000}")),
              Task.State.STATE_RUNNING);
      byte[] much = new byte[1024 * 1024];
      Upload first = new Upload(client).send(Artifact.newBuilder());
      for (int i = 0; i < 20; i++) {
        first.send(ByteString.copyFrom(much));
      }
      Artifact artifact = first.end();
      var watch = client.tasks().watchTask(watch(task));
      watch.next();
      String waits = WorkflowTrees.node("waits", "'event_wait':{'event_type':'never.comes'}");
      var workflow =
          client.workflows().startWorkflow(WorkflowTrees.start(waits).build()).getWorkflow();
      var workflowWatch =
          client
              .workflows()
              .watchWorkflow(WatchWorkflowRequest.newBuilder().setName(workflow.getName()).build());
      workflowWatch.next();
      var stats = client.queues().watchQueueStats(WatchQueueStatsRequest.getDefaultInstance());
      stats.next();
      var events = client.events().subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
      events.next();
      var download = client.artifacts().downloadArtifact(download(artifact));
      download.next(); // what is left is more than a connection holds while nobody reads
      Upload upload = new Upload(client).send(Artifact.newBuilder());
      Elements elements = new Elements(client);
      elements.send(Client.creation(Client.task(Client.DATA, "system.noop", "{}")));
      elements.awaitAnswers(1);

      WorkerStream work = new WorkerStream(client.channel());
      work.say(WorkRequest.newBuilder().setHello(hello()));
      work.response();

      String over = "UNAVAILABLE STREAM_CLOSED";
      CompletableFuture<Void> watched =
          CompletableFuture.runAsync(() -> refused(over, () -> watch.forEachRemaining(t -> {})));
      // read on in the moment of the stop, as what was sent before comes first
      CompletableFuture<Void> downloaded =
          watched.thenRun(() -> refused(over, () -> download.forEachRemaining(part -> {})));
      server.terminate(Duration.ofSeconds(90));

      watched.get(60, TimeUnit.SECONDS);
      downloaded.get(60, TimeUnit.SECONDS);
      refused(over, () -> workflowWatch.forEachRemaining(message -> {}));
      refused(over, () -> stats.forEachRemaining(message -> {}));
      refused(over, () -> events.forEachRemaining(message -> {}));
      refused(over, upload::answer);
      Throwable ofWork = work.error();
      refused(
          over,
          () -> {
            throw ofWork;
          });
      assertThat(elements.end()).isEqualTo(over);
    }
  }

  private static Hello hello() {
    return Hello.newBuilder()
        .setWorker(Worker.newBuilder().setSlots(1))
        .addTaskTypes(TaskType.newBuilder().setTaskType("stop.promise"))
        .build();
  }

  private static WatchTaskRequest watch(Task task) {
    return WatchTaskRequest.newBuilder().setName(task.getName()).build();
  }

  private static DownloadArtifactRequest download(Artifact artifact) {
    return DownloadArtifactRequest.newBuilder().setName(artifact.getName()).build();
  }
}
