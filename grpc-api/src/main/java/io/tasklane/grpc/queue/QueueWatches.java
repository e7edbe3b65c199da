package io.tasklane.grpc.queue;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.service.QueueService;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Opens the streams of WatchQueueStats, for gRPC and for WebSockets. */
public final class QueueWatches {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  private final QueueFigures figures;
  private final Alarm alarm;
  private final RandomGenerator random;

  /**
   * Watches over one service.
   *
   * @param queues whose figures are watched
   * @param clock the time of day
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public QueueWatches(QueueService queues, Clock clock, Alarm alarm, RandomGenerator random) {
    this.figures = new QueueFigures(queues, clock);
    this.alarm = alarm;
    this.random = random;
  }

  /**
   * The messages of one watch; not open yet.
   *
   * @param request keeps the rules of the contract
   * @throws InvalidRequest where it names what cannot be a queue
   */
  public MessageSource<WatchQueueStatsResponse> watch(WatchQueueStatsRequest request) {
    Duration interval =
        request.hasInterval() ? WireTime.of(request.getInterval()) : DEFAULT_INTERVAL;
    return new StatsWatch(figures, ids(request), interval, alarm, Lifetime.draw(random));
  }

  /**
   * Checks, before a source is opened, whether it could be.
   *
   * @param request keeps the rules of the contract
   * @throws InvalidRequest where it names what cannot be a queue
   * @throws io.tasklane.api.Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public void check(WatchQueueStatsRequest request) {
    figures.check(ids(request));
  }

  private static Set<String> ids(WatchQueueStatsRequest request) {
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < request.getNamesCount(); i++) {
      ids.add(WireName.QUEUE.id(request.getNames(i), "names[" + i + "]"));
    }
    return ids;
  }
}
