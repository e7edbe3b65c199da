package io.tasklane.service;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.engine.Engine;
import io.tasklane.monitor.QueueTally;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.queue.admin.CreateQueues;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.admin.Unfinished;
import io.tasklane.queue.admin.UpdateQueues;
import io.tasklane.task.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** Creates, finds, changes, pauses, drains, resumes and deletes queues. */
public class QueueService {
  private final Engine engine;

  /** For subclasses that answer by themselves, as those of an edge's tests do. */
  protected QueueService() {
    this.engine = null;
  }

  /** The service of this engine. */
  public QueueService(Engine engine) {
    this.engine = engine;
  }

  /**
   * The queue as it stands.
   *
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND
   */
  public Queue get(String queueId) {
    return engine.database().with(c -> new QueueReader(c).require(queueId));
  }

  /** Queues in the order of their ids, after this one, at most so many. */
  public List<Queue> list(String afterQueueId, int limit) {
    return engine.database().with(c -> new QueueReader(c).list(afterQueueId, limit));
  }

  /**
   * Creates a queue; it takes and starts tasks as soon as the stage completes.
   *
   * @throws Refusal (in the stage) ALREADY_EXISTS: QUEUE_EXISTS
   */
  public CompletionStage<Answer<Queue>> create(QueueSettings settings, Change<Queue> change) {
    CreateQueues.Wish wish = new CreateQueues.Wish(settings, change.caller().principal());
    return committer().submit(engine.queues().creation(), wish, change);
  }

  /**
   * Checks as {@link #create} does, and creates nothing.
   *
   * @return what would be created
   * @throws Refusal ALREADY_EXISTS: QUEUE_EXISTS
   */
  public Queue previewCreation(QueueSettings settings) {
    String queueId = settings.queueId();
    if (engine.database().with(c -> new QueueReader(c).find(queueId)).isPresent()) {
      throw CreateQueues.exists(queueId);
    }
    return Queue.planned(settings);
  }

  /**
   * Changes how the queue orders its tasks and what it gives them. A new number of runs at once
   * holds at once; tasks that exist keep what they were given.
   *
   * @param etag of the version the change was made from, empty where any will do
   * @param edit from the present settings to the wanted ones; called within the change, once or
   *     several times
   * @throws Refusal (in the stage) NOT_FOUND: QUEUE_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<Queue>> update(
      String queueId,
      Optional<String> etag,
      UnaryOperator<QueueSettings> edit,
      Change<Queue> change) {
    String principal = change.caller().principal();
    return known(
        queueId,
        key ->
            committer()
                .submit(
                    engine.queues().updates(),
                    new UpdateQueues.Wish(key, queueId, etag, edit, principal),
                    change));
  }

  /**
   * Checks as {@link #update} does, and changes nothing.
   *
   * @return the queue as it would be
   * @throws Refusal NOT_FOUND: QUEUE_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public Queue previewUpdate(
      String queueId, Optional<String> etag, UnaryOperator<QueueSettings> edit) {
    return UpdateQueues.preview(get(queueId), etag, edit);
  }

  /**
   * Deletes a queue that holds nothing unfinished. Its ended tasks stay until their time is over.
   *
   * @param etag of the version that may be deleted, empty where any may
   * @return the queue as it was
   * @throws Refusal (in the stage) NOT_FOUND: QUEUE_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: QUEUE_CONFIGURED, QUEUE_NOT_EMPTY
   */
  public CompletionStage<Answer<Queue>> delete(
      String queueId, Optional<String> etag, Change<Queue> change) {
    String principal = change.caller().principal();
    return known(
        queueId,
        key -> {
          Unfinished unfinished = engine.database().with(c -> Unfinished.of(c, key));
          return committer()
              .submit(
                  engine.queues().deletion(),
                  new DeleteQueues.Wish(key, queueId, etag, unfinished, principal),
                  change);
        });
  }

  /** Starts no further task until it is resumed; what runs goes on. Again is no error. */
  public CompletionStage<Answer<Queue>> pause(String queueId, String reason, Change<Queue> change) {
    return set(queueId, QueueState.PAUSED, reason, change);
  }

  /** Takes no new tasks and works off those it has. Again is no error. */
  public CompletionStage<Answer<Queue>> drain(String queueId, String reason, Change<Queue> change) {
    return set(queueId, QueueState.DRAINING, reason, change);
  }

  /** Takes and starts tasks again. Again is no error. */
  public CompletionStage<Answer<Queue>> resume(String queueId, Change<Queue> change) {
    return set(queueId, QueueState.ACTIVE, "", change);
  }

  /** The queues as this node knows them, by id; read again once a second, so this never waits. */
  public Map<String, Queue> known() {
    Map<String, Queue> known = new TreeMap<>();
    engine.directory().all().forEach(queue -> known.put(queue.queueId(), queue));
    return known;
  }

  private CompletionStage<Answer<Queue>> set(
      String queueId, QueueState state, String reason, Change<Queue> change) {
    Actor actor = change.caller().actor(reason);
    return known(
        queueId,
        key ->
            committer()
                .submit(
                    engine.queues().states(),
                    new SetQueueState.Wish(key, queueId, state, actor),
                    change));
  }

  /** A deleted queue has its key still, so that a repeated request finds its first answer. */
  private <T> CompletionStage<T> known(String queueId, IntFunction<CompletionStage<T>> work) {
    try {
      Queue queue =
          engine
              .database()
              .with(c -> new QueueReader(c).findEver(queueId))
              .orElseThrow(() -> QueueReader.notFound(queueId));
      return work.apply(queue.key());
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  private GroupCommitter committer() {
    return engine.committer();
  }

  /**
   * The figures of every queue, by id.
   *
   * @param window rates and durations are over this long, 1 s to 1 h
   */
  public Map<String, QueueStats> stats(Duration window) {
    return engine.statistics().figures(window);
  }

  /**
   * The same without asking the database, so that it never waits; ages of the oldest tasks may be a
   * second old.
   *
   * @param window rates and durations are over this long, 1 s to 1 h
   */
  public Map<String, QueueStats> knownStats(Duration window) {
    return engine.statistics().knownFigures(window);
  }

  /** What each queue has done since this node began to follow the log, by id. Never waits. */
  public Map<String, QueueTally> tallies() {
    return engine.statistics().tallies();
  }
}
