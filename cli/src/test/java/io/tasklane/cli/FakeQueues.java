package io.tasklane.cli;

import io.grpc.stub.StreamObserver;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.util.Map;
import java.util.stream.Collectors;

/** The queue service of the fake server: its figures, once a call. */
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
}
