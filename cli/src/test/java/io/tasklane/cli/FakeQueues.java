package io.tasklane.cli;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateQueueResponse;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteQueueResponse;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.DrainQueueResponse;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.GetQueueStatsResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.PauseQueueResponse;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.ResumeQueueResponse;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.SimulateQueueResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.UpdateQueueResponse;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.util.Map;
import java.util.stream.Collectors;

/** The queue service of the fake server: its figures, once a call, and whatever it is asked for. */
final class FakeQueues extends QueueServiceGrpc.QueueServiceImplBase {
  private final FakeServer server;

  FakeQueues(FakeServer server) {
    this.server = server;
  }

  @Override
  public void watchQueueStats(
      WatchQueueStatsRequest request, StreamObserver<WatchQueueStatsResponse> answer) {
    Map<String, Long> succeeded =
        server.all().stream().collect(Collectors.groupingBy(Task::getQueue, Collectors.counting()));
    WatchQueueStatsResponse.Builder figures = WatchQueueStatsResponse.newBuilder();
    succeeded.forEach(
        (queue, count) ->
            figures.putStats(
                queue, QueueStats.newBuilder().putCountByState("SUCCEEDED", count).build()));
    if (!server.figures.isEmpty()) {
      figures.clearStats().putAllStats(server.figures);
    }
    answer.onNext(figures.build());
    answer.onCompleted();
  }

  @Override
  public void getQueueStats(
      GetQueueStatsRequest request, StreamObserver<GetQueueStatsResponse> answer) {
    long succeeded =
        server.all().stream().filter(t -> t.getQueue().equals(request.getName())).count();
    QueueStats.Builder stats = QueueStats.newBuilder().putCountByState("SUCCEEDED", succeeded);
    if (request.getName().equals("queues/KNOWN")) {
      stats
          .setDepth(3)
          .setEmptyTimeP50(Timestamps.fromSeconds(1_800_000_000))
          .setEmptyTimeP90(Timestamps.fromSeconds(1_800_000_060));
    } else {
      stats.setNoEmptyTimeReason("only 3 runs of this queue are known");
    }
    answer.onNext(GetQueueStatsResponse.newBuilder().setStats(stats).build());
    answer.onCompleted();
  }

  @Override
  public void simulateQueue(
      SimulateQueueRequest request, StreamObserver<SimulateQueueResponse> answer) {
    server.changes.add(request);
    SimulateQueueResponse.Builder simulated = SimulateQueueResponse.newBuilder();
    if (request.getName().equals("queues/UNKNOWN")) {
      simulated.setNoResultReason("only 3 runs of this queue are known");
    } else {
      simulated
          .setConcurrency(2)
          .setArrivalCount(60)
          .setUtilization(0.5)
          .setSimulatedTime(Durations.fromMinutes(60))
          .setWaitP50(Durations.fromMillis(500))
          .setWaitP90(Durations.fromSeconds(2))
          .setWaitP95(Durations.fromSeconds(3))
          .setProposedConcurrency(request.hasTargetWait() ? 4 : 0)
          .setProposedWaitP90(Durations.fromSeconds(1));
      for (int i = 1; i <= 120; i++) {
        simulated.addPointsBuilder().setTime(Timestamps.fromSeconds(30L * i)).setDepth(i);
      }
    }
    answer.onNext(simulated.build());
    answer.onCompleted();
  }

  @Override
  public void createQueue(CreateQueueRequest request, StreamObserver<CreateQueueResponse> answer) {
    server.changes.add(request);
    Queue queue = request.getQueue().toBuilder().setName("queues/" + request.getQueueId()).build();
    answer.onNext(CreateQueueResponse.newBuilder().setQueue(active(queue)).build());
    answer.onCompleted();
  }

  @Override
  public void updateQueue(UpdateQueueRequest request, StreamObserver<UpdateQueueResponse> answer) {
    server.changes.add(request);
    answer.onNext(UpdateQueueResponse.newBuilder().setQueue(active(request.getQueue())).build());
    answer.onCompleted();
  }

  @Override
  public void pauseQueue(PauseQueueRequest request, StreamObserver<PauseQueueResponse> answer) {
    server.changes.add(request);
    Queue.Builder paused =
        Queue.newBuilder().setName(request.getName()).setState(Queue.State.STATE_PAUSED);
    answer.onNext(PauseQueueResponse.newBuilder().setQueue(paused).build());
    answer.onCompleted();
  }

  @Override
  public void resumeQueue(ResumeQueueRequest request, StreamObserver<ResumeQueueResponse> answer) {
    server.changes.add(request);
    Queue queue = active(Queue.newBuilder().setName(request.getName()).build());
    answer.onNext(ResumeQueueResponse.newBuilder().setQueue(queue).build());
    answer.onCompleted();
  }

  @Override
  public void drainQueue(DrainQueueRequest request, StreamObserver<DrainQueueResponse> answer) {
    server.changes.add(request);
    Queue.Builder draining =
        Queue.newBuilder().setName(request.getName()).setState(Queue.State.STATE_DRAINING);
    answer.onNext(DrainQueueResponse.newBuilder().setQueue(draining).build());
    answer.onCompleted();
  }

  @Override
  public void deleteQueue(DeleteQueueRequest request, StreamObserver<DeleteQueueResponse> answer) {
    server.changes.add(request);
    answer.onNext(DeleteQueueResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private static Queue active(Queue queue) {
    return queue.toBuilder().setState(Queue.State.STATE_ACTIVE).build();
  }
}
