package io.tasklane.grpc.queue;

import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of WatchQueueStats: the figures now, then once an interval. A client that is not
 * ready misses figures and gets the newest when it is; old ones are never kept for it.
 */
final class StatsWatch implements MessageSource<WatchQueueStatsResponse> {
  /** What rates and durations are over. */
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final QueueFigures figures;
  private final Set<String> queueIds;
  private final Duration interval;
  private final Alarm alarm;
  private final Duration lifetime;
  private Runnable wake = () -> {};
  private volatile Alarm.Pending tick = () -> {};
  private Deadline end;
  private volatile boolean due = true;
  private volatile boolean closed;

  StatsWatch(
      QueueFigures figures,
      Set<String> queueIds,
      Duration interval,
      Alarm alarm,
      Duration lifetime) {
    this.figures = figures;
    this.queueIds = queueIds;
    this.interval = interval;
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wakeUp) {
    wake = wakeUp;
    end = new Deadline(alarm, lifetime, wakeUp);
    figures.check(queueIds);
    tick = alarm.after(interval, this::tick);
  }

  @Override
  public Optional<WatchQueueStatsResponse> next() {
    if (end.isOver()) {
      throw Lifetime.over();
    }
    if (!due) {
      return Optional.empty();
    }
    due = false;
    return Optional.of(
        WatchQueueStatsResponse.newBuilder().putAllStats(figures.all(queueIds, WINDOW)).build());
  }

  @Override
  public boolean isDone() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    tick.cancel();
    end.cancel();
  }

  private void tick() {
    if (!closed) {
      tick = alarm.after(interval, this::tick);
      due = true;
      wake.run();
    }
  }
}
