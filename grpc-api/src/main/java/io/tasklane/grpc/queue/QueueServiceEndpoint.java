package io.tasklane.grpc.queue;

import io.grpc.stub.StreamObserver;
import io.tasklane.forecast.ForecastService;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.Queue;
import io.tasklane.service.QueueService;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateQueueResponse;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteQueueResponse;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.DrainQueueResponse;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.GetQueueResponse;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.GetQueueStatsResponse;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.PauseQueueResponse;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.ResumeQueueResponse;
import io.tasklane.v1.SimulateQueueRequest;
import io.tasklane.v1.SimulateQueueResponse;
import io.tasklane.v1.UpdateQueueRequest;
import io.tasklane.v1.UpdateQueueResponse;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Serves QueueService; what it does not override answers UNIMPLEMENTED. */
public final class QueueServiceEndpoint extends QueueServiceGrpc.QueueServiceImplBase {
  private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(60);

  private final Calls calls;
  private final QueueService queues;
  private final QueueChanges changes;
  private final QueueFigures figures;
  private final QueueWatches watches;
  private final QueueTrials trials;
  private final Clock clock;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param queues reads and changes queues
   * @param forecasts says what will become of them
   * @param clock the time of day
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public QueueServiceEndpoint(
      Calls calls,
      QueueService queues,
      ForecastService forecasts,
      Clock clock,
      Alarm alarm,
      RandomGenerator random) {
    this.calls = calls;
    this.queues = queues;
    this.clock = clock;
    this.trials = new QueueTrials(forecasts);
    this.changes = new QueueChanges(queues);
    this.figures = new QueueFigures(queues, clock);
    this.watches = new QueueWatches(queues, clock, alarm, random);
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<GetQueueResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void createQueue(CreateQueueRequest request, StreamObserver<CreateQueueResponse> out) {
    calls.answerLater(request, out, changes::create);
  }

  @Override
  public void updateQueue(UpdateQueueRequest request, StreamObserver<UpdateQueueResponse> out) {
    calls.answerLater(request, out, changes::update);
  }

  @Override
  public void deleteQueue(DeleteQueueRequest request, StreamObserver<DeleteQueueResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  @Override
  public void pauseQueue(PauseQueueRequest request, StreamObserver<PauseQueueResponse> out) {
    calls.answerLater(request, out, changes::pause);
  }

  @Override
  public void drainQueue(DrainQueueRequest request, StreamObserver<DrainQueueResponse> out) {
    calls.answerLater(request, out, changes::drain);
  }

  @Override
  public void resumeQueue(ResumeQueueRequest request, StreamObserver<ResumeQueueResponse> out) {
    calls.answerLater(request, out, changes::resume);
  }

  @Override
  public void getQueueStats(
      GetQueueStatsRequest request, StreamObserver<GetQueueStatsResponse> out) {
    calls.answer(request, out, this::stats);
  }

  @Override
  public void watchQueueStats(
      WatchQueueStatsRequest request, StreamObserver<WatchQueueStatsResponse> out) {
    calls.stream(request, out, watches::watch);
  }

  @Override
  public void simulateQueue(
      SimulateQueueRequest request, StreamObserver<SimulateQueueResponse> out) {
    calls.answer(request, out, trials::simulate);
  }

  private GetQueueResponse get(GetQueueRequest request) {
    Queue queue = queues.get(id(request.getName()));
    return GetQueueResponse.newBuilder().setQueue(QueueMapping.toWire(queue)).build();
  }

  private ListQueuesResponse list(ListQueuesRequest request) {
    PageToken token = new PageToken("queues", "");
    int size = PageSize.of(request.getPageSize());
    List<Queue> found = queues.list(token.position(request.getPageToken()).orElse(""), size);
    ListQueuesResponse.Builder page = ListQueuesResponse.newBuilder();
    found.stream().map(QueueMapping::toWire).forEach(page::addQueues);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).queueId()));
    }
    return page.build();
  }

  private GetQueueStatsResponse stats(GetQueueStatsRequest request) {
    Duration window = request.hasWindow() ? WireTime.of(request.getWindow()) : DEFAULT_WINDOW;
    String queueId = id(request.getName());
    QueueStats stats = figures.one(queueId, window);
    return GetQueueStatsResponse.newBuilder()
        .setStats(trials.withEmptyTime(queueId, stats, clock.instant()))
        .build();
  }

  private static String id(String name) {
    return WireName.QUEUE.id(name, "name");
  }
}
