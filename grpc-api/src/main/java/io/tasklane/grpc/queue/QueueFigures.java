package io.tasklane.grpc.queue;

import io.tasklane.app.QueueDesk;
import io.tasklane.app.Refusal;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.queue.QueueStats;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Takes the figures of queues as they are now. */
final class QueueFigures {
  private final QueueDesk queues;
  private final Clock clock;

  QueueFigures(QueueDesk queues, Clock clock) {
    this.queues = queues;
    this.clock = clock;
  }

  /** Refuses ids that are no queue's. */
  void check(Collection<String> queueIds) {
    queueIds.forEach(queues::get);
  }

  /**
   * The figures of one queue.
   *
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  io.tasklane.v1.QueueStats one(String queueId, Duration window) {
    queues.get(queueId);
    QueueStats stats = queues.stats(window).get(queueId);
    if (stats == null) {
      throw Refusal.of(
          Refusal.Sort.UNAVAILABLE,
          "STATS_UNAVAILABLE",
          WireName.QUEUE.of(queueId),
          "queue " + queueId + " has no figures yet: they come with the next look at the log");
    }
    return StatsMapping.toWire(stats, clock.instant());
  }

  /** The figures of these queues, or of all where none is named, by full name. */
  Map<String, io.tasklane.v1.QueueStats> all(Collection<String> queueIds, Duration window) {
    Map<String, io.tasklane.v1.QueueStats> figures = new TreeMap<>();
    queues
        .stats(window)
        .forEach(
            (queueId, stats) -> {
              if (queueIds.isEmpty() || queueIds.contains(queueId)) {
                figures.put(
                    WireName.QUEUE.of(queueId), StatsMapping.toWire(stats, clock.instant()));
              }
            });
    return figures;
  }
}
