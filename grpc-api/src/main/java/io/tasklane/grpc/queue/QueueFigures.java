package io.tasklane.grpc.queue;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueStats;
import io.tasklane.service.QueueService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes the figures of queues as they are now. */
final class QueueFigures {
  private final QueueService queues;
  private final Clock clock;

  QueueFigures(QueueService queues, Clock clock) {
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
          RefusalReason.STATS_UNAVAILABLE,
          WireName.QUEUE.of(queueId),
          "queue " + queueId + " has no figures yet: they come with the next look at the log");
    }
    return new Known(queues).toWire(queueId, stats, clock.instant());
  }

  /** The figures of these queues, or of all where none is named, by full name. */
  Map<String, io.tasklane.v1.QueueStats> all(Collection<String> queueIds, Duration window) {
    Map<String, io.tasklane.v1.QueueStats> figures = new TreeMap<>();
    Known known = new Known(queues);
    queues
        .stats(window)
        .forEach(
            (queueId, stats) -> {
              if (queueIds.isEmpty() || queueIds.contains(queueId)) {
                figures.put(
                    WireName.QUEUE.of(queueId), known.toWire(queueId, stats, clock.instant()));
              }
            });
    return figures;
  }

  /** What is known of all queues beside their statistics. */
  private record Known(Map<String, Queue> queues, Map<String, QueueCounters> tallies) {
    Known(QueueService queues) {
      this(queues.known(), queues.counters());
    }

    io.tasklane.v1.QueueStats toWire(String queueId, QueueStats stats, Instant now) {
      io.tasklane.v1.QueueStats.Builder wire = StatsMapping.toWire(stats, now);
      Optional.ofNullable(queues.get(queueId)).ifPresent(queue -> StatsMapping.add(queue, wire));
      Optional.ofNullable(tallies.get(queueId)).ifPresent(counts -> StatsMapping.add(counts, wire));
      return wire.build();
    }
  }
}
