package io.tasklane.cli.top;

import com.google.protobuf.util.Durations;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerError;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Follows the figures of all queues and the workers, also over a server that is away. */
final class TopFeed implements AutoCloseable {
  private static final long PAUSE_MILLIS = 1_000;

  private final Connection connection;
  private final Clock clock;
  private final CancellableContext context = Context.current().withCancellation();
  private TopFigures figures = TopFigures.NONE;

  /**
   * Begins to follow.
   *
   * @throws StatusRuntimeException where the server does not answer the first time
   */
  TopFeed(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
    take(
        connection
            .service(QueueServiceGrpc::newBlockingStub)
            .watchQueueStats(WatchQueueStatsRequest.getDefaultInstance())
            .next());
    start("tasklane-top-queues", this::followQueues);
    start("tasklane-top-workers", this::followWorkers);
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(context.wrap(work), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What the server said last. */
  synchronized TopFigures figures() {
    return figures;
  }

  private synchronized void take(WatchQueueStatsResponse now) {
    figures = figures.withQueues(new TreeMap<>(now.getStatsMap()), clock.instant());
  }

  private void followQueues() {
    WatchQueueStatsRequest request =
        WatchQueueStatsRequest.newBuilder().setInterval(Durations.fromMillis(PAUSE_MILLIS)).build();
    while (!context.isCancelled()) {
      try {
        Iterator<WatchQueueStatsResponse> stream =
            connection.streams(QueueServiceGrpc::newBlockingStub).watchQueueStats(request);
        while (stream.hasNext()) {
          take(stream.next());
        }
      } catch (StatusRuntimeException refused) {
        fault(refused);
      }
      pause();
    }
  }

  private synchronized void fault(StatusRuntimeException refused) {
    if (!context.isCancelled()) {
      figures = figures.withFault(ServerError.lines(refused, connection.address()).get(0));
    }
  }

  private void followWorkers() {
    while (!context.isCancelled()) {
      try {
        takeWorkers(Optional.of(workers()));
      } catch (StatusRuntimeException notServed) {
        takeWorkers(Optional.empty()); // the queues say it where the server is away
      }
      pause();
    }
  }

  private synchronized void takeWorkers(Optional<List<Worker>> now) {
    figures = figures.withWorkers(now);
  }

  private List<Worker> workers() {
    return new Listing<>(ListWorkersResponse::getWorkersList, ListWorkersResponse::getNextPageToken)
        .all(
            page ->
                connection
                    .service(WorkerServiceGrpc::newBlockingStub)
                    .listWorkers(
                        ListWorkersRequest.newBuilder()
                            .setPageSize(500)
                            .setPageToken(page)
                            .build()));
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      context.cancel(e);
    }
  }

  @Override
  public void close() {
    context.cancel(null);
  }
}
