package io.tasklane.cli;

import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateQueueResponse;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteQueueResponse;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.DrainQueueResponse;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
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
    answer.onNext(figures.build());
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
