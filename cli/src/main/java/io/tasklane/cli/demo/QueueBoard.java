package io.tasklane.cli.demo;

import com.google.protobuf.util.Durations;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.output.LiveLines;
import io.tasklane.cli.output.ProgressBar;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One live line a queue, from the server's status stream, until it is closed. */
final class QueueBoard implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 500;

  private final Connection connection;
  private final LiveLines lines;
  private final PrintWriter out;
  private final CancellableContext context = Context.current().withCancellation();
  private final Thread thread = new Thread(context.wrap(this::follow), "status lines");
  private volatile List<String> last = List.of();

  /** Shows the queues there, in these lines. */
  QueueBoard(Connection connection, LiveLines lines, PrintWriter out) {
    this.connection = connection;
    this.out = out;
    this.lines = lines;
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops the stream and leaves the lines as they were shown last. */
  @Override
  public void close() {
    context.cancel(null);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.end(last);
  }

  /** Shows the figures once more, so that the lines that stay are those of the end. */
  void showEnd() {
    WatchQueueStatsResponse now =
        connection.streams(QueueServiceGrpc::newBlockingStub).watchQueueStats(request()).next();
    last = lines(now.getStatsMap());
  }

  private List<String> lines(Map<String, QueueStats> stats) {
    return new TreeMap<>(stats)
        .entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
  }

  private void follow() {
    while (!context.isCancelled()) {
      try {
        connection
            .streams(QueueServiceGrpc::newBlockingStub)
            .watchQueueStats(request())
            .forEachRemaining(this::show);
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      } catch (StatusRuntimeException | InterruptedException e) {
        // Only the picture: the run itself finds out, and says, when the server is in trouble.
        return;
      }
    }
  }

  private void show(WatchQueueStatsResponse figures) {
    last = lines(figures.getStatsMap());
    lines.show(last);
  }

  private static WatchQueueStatsRequest request() {
    return WatchQueueStatsRequest.newBuilder()
        .setInterval(Durations.fromMillis(INTERVAL_MILLIS))
        .build();
  }

  private String line(String name, QueueStats figures) {
    long succeeded = figures.getCountByStateOrDefault("SUCCEEDED", 0);
    long failed = figures.getCountByStateOrDefault("FAILED", 0);
    long all = figures.getCountByStateMap().values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        "%-16s %s%3d waiting  %d running  %3d succeeded  %d failed",
        QueueName.shortened(name),
        ProgressBar.of(out, succeeded + failed, all),
        figures.getDepth(),
        figures.getCountByStateOrDefault("RUNNING", 0),
        succeeded,
        failed);
  }
}
