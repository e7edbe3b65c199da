package io.tasklane.monitor;

import io.tasklane.database.Database;
import io.tasklane.event.LogEvent;
import io.tasklane.event.Snapshot;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueStats;
import io.tasklane.queue.admin.QueueDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statistics of all queues: counted once at the start, then updated from the events of the log.
 */
public final class QueueStatistics {
  /** Callers that ask more often than this get the same ages of the oldest tasks again. */
  private static final Duration FRESH = Duration.ofMillis(200);

  private record OldestAges(Map<QueueKey, Duration> byQueue, Instant readAt) {}

  private final Map<String, QueueFold> folds = new HashMap<>();
  private final Database database;
  private final QueueDirectory directory;
  private final Clock clock;
  private Snapshot counted;
  private volatile OldestAges oldest = new OldestAges(Map.of(), Instant.MIN);

  /** Counts what there is; {@link #follow} continues from there. */
  public QueueStatistics(Database database, QueueDirectory directory, Clock clock) {
    this.database = database;
    this.directory = directory;
    this.clock = clock;
    countAnew();
  }

  /** Counts everything again, because events were missed; rates begin anew. */
  public synchronized void countAnew() {
    folds.clear();
    StatsBegin.Begin begin = StatsBegin.count(database);
    this.counted = Snapshot.parse(begin.snapshot());
    for (StatsBegin.Count count : begin.counts()) {
      fold(directory.idOf(count.queue())).begin(count.state(), count.priority(), count.count());
    }
    begin.deadLetters().forEach((queue, n) -> fold(directory.idOf(queue)).beginDeadLetters(n));
    for (StatsBegin.AtWork task : begin.running()) {
      fold(directory.idOf(task.queue())).begin(task.task(), task.running());
    }
  }

  private QueueFold fold(String queueId) {
    return folds.computeIfAbsent(queueId, id -> new QueueFold());
  }

  /** Applies events of the log, in order; skips those that were counted already. */
  public synchronized void follow(List<LogEvent> events) {
    for (LogEvent event : events) {
      if (!event.queue().isEmpty() && !counted.hasSeen(event.transaction())) {
        fold(event.queue()).apply(event);
      }
    }
  }

  /** The statistics of every queue, by id, over this window. */
  public Map<String, QueueStats> figures(Duration window) {
    refreshAges();
    return knownFigures(window);
  }

  /**
   * The same without asking the database, so that it never waits: the ages of the oldest tasks are
   * those of the last {@link #refreshAges()}.
   */
  public Map<String, QueueStats> knownFigures(Duration window) {
    Map<QueueKey, Duration> ages = oldest.byQueue();
    Map<String, QueueStats> figures = new TreeMap<>();
    for (Queue queue : directory.all()) {
      figures.put(queue.queueId(), figures(queue, window, ages));
    }
    return figures;
  }

  private synchronized QueueStats figures(
      Queue queue, Duration window, Map<QueueKey, Duration> ages) {
    return fold(queue.queueId())
        .figures(clock.instant(), window, Optional.ofNullable(ages.get(queue.key())));
  }

  /** The counters of each queue since this node began to follow the log, by id. */
  public Map<String, QueueCounters> counters() {
    Map<String, QueueCounters> counters = new TreeMap<>();
    for (Queue queue : directory.all()) {
      counters.put(queue.queueId(), counters(queue.queueId()));
    }
    return counters;
  }

  private synchronized QueueCounters counters(String queueId) {
    return fold(queueId).counters();
  }

  /** Reads how long the oldest tasks have waited; holds no lock while the database responds. */
  public void refreshAges() {
    Instant now = clock.instant();
    if (oldest.readAt().plus(FRESH).isBefore(now)) {
      oldest = new OldestAges(StatsBegin.oldestAges(database), now);
    }
  }
}
