package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.key.QueueKey;
import io.tasklane.monitor.Buckets;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.QueueService;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A queue service for tests, with three queues whose depth anybody may set. */
public final class QueuesOfTest extends QueueService {
  private static final List<String> IDS = List.of("AI_ANALYSIS", "DATA_FETCHER", "PORTFOLIO_SYNC");

  public final AtomicLong depth = new AtomicLong(3);
  public final List<Duration> windows = new ArrayList<>();
  public final List<String> etags = new ArrayList<>();
  public final List<QueueSettings> created = new ArrayList<>();
  public Change<Queue> lastChange;

  /** Until it is let go, lists and pauses hang. */
  public volatile CountDownLatch hold = new CountDownLatch(0);

  /** The next change is refused so. */
  public RuntimeException failure;

  @Override
  public CompletionStage<Answer<Queue>> create(QueueSettings settings, Change<Queue> change) {
    created.add(settings);
    return done(change, Queue.planned(settings));
  }

  @Override
  public Queue previewCreation(QueueSettings settings) {
    return Queue.planned(settings);
  }

  @Override
  public CompletionStage<Answer<Queue>> update(
      String queueId,
      Optional<String> etag,
      UnaryOperator<QueueSettings> edit,
      Change<Queue> change) {
    return done(change, previewUpdate(queueId, etag, edit));
  }

  @Override
  public Queue previewUpdate(
      String queueId, Optional<String> etag, UnaryOperator<QueueSettings> edit) {
    etags.add(etag.orElse("none"));
    Queue queue = get(queueId);
    return queue.with(edit.apply(queue.settings()));
  }

  @Override
  public CompletionStage<Answer<Queue>> delete(
      String queueId, Optional<String> etag, Change<Queue> change) {
    etags.add(etag.orElse("none"));
    return done(change, get(queueId));
  }

  @Override
  public CompletionStage<Answer<Queue>> drain(String queueId, String reason, Change<Queue> change) {
    Actor actor = change.caller().actor(reason);
    return done(change, queue(queueId, QueueState.DRAINING, Optional.of(actor)));
  }

  private CompletionStage<Answer<Queue>> done(Change<Queue> change, Queue queue) {
    lastChange = change;
    return failure == null
        ? CompletableFuture.completedStage(new Answer.Fresh<>(queue))
        : CompletableFuture.failedStage(new CompletionException(failure));
  }

  @Override
  public Queue get(String queueId) {
    if (!IDS.contains(queueId)) {
      throw Refusal.of(
          Refusal.Sort.NOT_FOUND,
          RefusalReason.QUEUE_NOT_FOUND,
          "queues/" + queueId,
          "no queue " + queueId);
    }
    return queue(queueId, Optional.empty());
  }

  private void hang() {
    try {
      hold.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Queue> list(String afterQueueId, int limit) {
    hang();
    return IDS.stream()
        .filter(id -> id.compareTo(afterQueueId) > 0)
        .limit(limit)
        .map(this::get)
        .toList();
  }

  @Override
  public CompletionStage<Answer<Queue>> pause(String queueId, String reason, Change<Queue> change) {
    hang();
    lastChange = change;
    return CompletableFuture.completedStage(
        new Answer.Fresh<>(queue(queueId, Optional.of(change.caller().actor(reason)))));
  }

  @Override
  public CompletionStage<Answer<Queue>> resume(String queueId, Change<Queue> change) {
    lastChange = change;
    return CompletableFuture.completedStage(new Answer.Fresh<>(get(queueId)));
  }

  @Override
  public Map<String, QueueStats> stats(Duration window) {
    windows.add(window);
    Map<String, QueueStats> stats = new LinkedHashMap<>();
    IDS.forEach(id -> stats.put(id, stats()));
    return stats;
  }

  @Override
  public Map<String, Queue> known() {
    Map<String, Queue> known = new LinkedHashMap<>();
    IDS.forEach(id -> known.put(id, get(id)));
    return known;
  }

  @Override
  public Map<String, QueueCounters> counters() {
    Map<String, QueueCounters> counters = new LinkedHashMap<>();
    IDS.forEach(id -> counters.put(id, tally()));
    return counters;
  }

  private static QueueCounters tally() {
    return new QueueCounters(
        9,
        5,
        1,
        Map.of(TaskState.SUCCEEDED, 6L),
        Buckets.ofSeconds().distribution(),
        Buckets.ofSeconds().distribution(),
        List.of(new QueueCounters.Running("tasks/r", "t", Instant.parse("2026-11-23T09:30:00Z"))));
  }

  private QueueStats stats() {
    return new QueueStats(
        depth.get(),
        Map.of(7, depth.get()),
        Map.of(TaskState.QUEUED, depth.get(), TaskState.RUNNING, 1L),
        Optional.of(Duration.ofMillis(1500)),
        1.5,
        2.5,
        0.5,
        0.25,
        Optional.of(Duration.ofMillis(5)),
        Optional.empty(),
        Optional.of(Duration.ofSeconds(2)),
        Optional.of(Duration.ofSeconds(30)),
        4,
        77);
  }

  private static Queue queue(String id, Optional<Actor> pausedBy) {
    return queue(id, pausedBy.isPresent() ? QueueState.PAUSED : QueueState.ACTIVE, pausedBy);
  }

  private static Queue queue(String id, QueueState state, Optional<Actor> pausedBy) {
    return new Queue(
        new QueueKey(1),
        id,
        state,
        QueuePolicy.STANDARD,
        RetryPolicy.DEFAULT,
        Timeouts.ofAttempt(Duration.ofHours(1)),
        Duration.ofHours(24),
        pausedBy,
        pausedBy.map(actor -> Instant.parse("2026-11-23T09:30:00Z")),
        Optional.of("n1"),
        3,
        Optional.empty());
  }
}
