package io.tasklane.app;

import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import io.tasklane.monitor.QueueTally;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.queue.store.QueueReader;
import io.tasklane.queue.store.SetQueueState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where queues are asked after, paused and resumed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QueueDesk {
  private final Supplier<Engine> engine;

  /** For the container's proxies. */
  protected QueueDesk() {
    this.engine = null;
  }

  /** The desk of the running engine. */
  @Inject
  public QueueDesk(EngineRoom room) {
    this.engine = room::engine;
  }

  /** The desk of this engine. */
  public QueueDesk(Engine engine) {
    this.engine = () -> engine;
  }

  /**
   * The queue as it stands.
   *
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public Queue get(String queueId) {
    return engine.get().database().with(c -> new QueueReader(c).require(queueId));
  }

  /** Queues in the order of their ids, after this one, at most so many. */
  public List<Queue> list(String afterQueueId, int limit) {
    return engine.get().database().with(c -> new QueueReader(c).list(afterQueueId, limit));
  }

  /** Starts no further task until it is resumed; what runs goes on. Again is no error. */
  public CompletionStage<Answer<Queue>> pause(String queueId, String reason, Change<Queue> change) {
    return set(queueId, QueueState.PAUSED, reason, change);
  }

  /** Starts tasks again. Again is no error. */
  public CompletionStage<Answer<Queue>> resume(String queueId, Change<Queue> change) {
    return set(queueId, QueueState.ACTIVE, "", change);
  }

  /** The queues as this node knows them, by id; read again once a second, so this never waits. */
  public Map<String, Queue> known() {
    Map<String, Queue> known = new TreeMap<>();
    engine.get().directory().all().forEach(queue -> known.put(queue.queueId(), queue));
    return known;
  }

  private CompletionStage<Answer<Queue>> set(
      String queueId, QueueState state, String reason, Change<Queue> change) {
    try {
      SetQueueState.Wish wish =
          new SetQueueState.Wish(get(queueId).key(), queueId, state, change.caller().actor(reason));
      return engine.get().committer().submit(engine.get().states(), wish, change);
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /**
   * The figures of every queue, by id.
   *
   * @param window rates and durations are over this long, 1 s to 1 h
   */
  public Map<String, QueueStats> stats(Duration window) {
    return engine.get().statistics().figures(window);
  }

  /**
   * The same without asking the database, so that it never waits; ages of the oldest tasks may be a
   * second old.
   *
   * @param window rates and durations are over this long, 1 s to 1 h
   */
  public Map<String, QueueStats> knownStats(Duration window) {
    return engine.get().statistics().knownFigures(window);
  }

  /** What each queue has done since this node began to follow the log, by id. Never waits. */
  public Map<String, QueueTally> tallies() {
    return engine.get().statistics().tallies();
  }
}
