package io.tasklane.service;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.QueueKey;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.monitor.QueueStatistics;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.queue.admin.CreateQueues;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.admin.Unfinished;
import io.tasklane.queue.admin.UpdateQueues;
import io.tasklane.queue.limit.CalendarRows;
import io.tasklane.task.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Creates, finds, changes, pauses, drains, resumes and deletes queues. */
public class QueueService {
  private final EngineContext engine;
  private final Commands commands;
  private final QueueDirectory directory;
  private final QueueStatistics statistics;

  /**
   * The commands that it submits.
   *
   * @param states pauses, drains and resumes queues
   * @param creation creates them
   * @param updates changes their settings
   * @param deletion deletes them
   */
  public record Commands(
      SetQueueState states, CreateQueues creation, UpdateQueues updates, DeleteQueues deletion) {}

  /** For subclasses, such as test doubles of the edges. */
  protected QueueService() {
    this(null, null, null, null);
  }

  /**
   * The service of an engine.
   *
   * @param engine where queues are
   * @param commands that change them
   * @param directory of the queues that this node knows
   * @param statistics of them
   */
  public QueueService(
      EngineContext engine,
      Commands commands,
      QueueDirectory directory,
      QueueStatistics statistics) {
    this.engine = engine;
    this.commands = commands;
    this.directory = directory;
    this.statistics = statistics;
  }

  /**
   * The queue with this id.
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
   * @throws Refusal (in the stage) ALREADY_EXISTS: QUEUE_EXISTS; INVALID_ARGUMENT:
   *     CALENDAR_UNKNOWN, CALENDAR_RANGE
   */
  public CompletionStage<Answer<Queue>> create(QueueSettings settings, Change<Queue> change) {
    CreateQueues.Request request = new CreateQueues.Request(settings, change.caller().principal());
    return committer().submit(commands.creation(), request, change);
  }

  /**
   * Checks as {@link #create} does, and creates nothing.
   *
   * @return what would be created
   * @throws Refusal ALREADY_EXISTS: QUEUE_EXISTS
   */
  public Queue previewCreation(QueueSettings settings) {
    String queueId = settings.queueId();
    return engine
        .database()
        .with(
            c -> {
              if (new QueueReader(c).find(queueId).isPresent()) {
                throw CreateQueues.exists(queueId);
              }
              Optional<String> calendar = settings.policy().limits().calendar();
              if (calendar.isPresent()) {
                CalendarRows.check(c, calendar.get());
              }
              return Queue.planned(settings);
            });
  }

  /**
   * Changes how the queue orders its tasks and the defaults it gives them. A new concurrency
   * applies at once; existing tasks keep the defaults they were created with.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from the present settings to the new ones; called within the change, once or
   *     several times
   * @throws Refusal (in the stage) NOT_FOUND: QUEUE_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     INVALID_ARGUMENT: CALENDAR_UNKNOWN, CALENDAR_RANGE
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
                    commands.updates(),
                    new UpdateQueues.Request(key, queueId, etag, edit, principal),
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
    return engine
        .database()
        .with(c -> UpdateQueues.preview(c, new QueueReader(c).require(queueId), etag, edit));
  }

  /**
   * Deletes a queue that has no unfinished tasks. Its ended tasks are kept for their retention
   * period.
   *
   * @param etag of the version that may be deleted, empty for any
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
                  commands.deletion(),
                  new DeleteQueues.Request(key, queueId, etag, unfinished, principal),
                  change);
        });
  }

  /** Starts no further task until it is resumed; running tasks continue. Idempotent. */
  public CompletionStage<Answer<Queue>> pause(String queueId, String reason, Change<Queue> change) {
    return set(queueId, QueueState.PAUSED, reason, change);
  }

  /** Accepts no new tasks and runs those it has. Idempotent. */
  public CompletionStage<Answer<Queue>> drain(String queueId, String reason, Change<Queue> change) {
    return set(queueId, QueueState.DRAINING, reason, change);
  }

  /** Accepts and starts tasks again. Idempotent. */
  public CompletionStage<Answer<Queue>> resume(String queueId, Change<Queue> change) {
    return set(queueId, QueueState.ACTIVE, "", change);
  }

  /** The queues as this node knows them, by id; read again every second, so this never waits. */
  public Map<String, Queue> known() {
    Map<String, Queue> known = new TreeMap<>();
    directory.all().forEach(queue -> known.put(queue.queueId(), queue));
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
                    commands.states(),
                    new SetQueueState.Request(key, queueId, state, actor),
                    change));
  }

  /** A deleted queue still has its key, so that a repeated request finds its first answer. */
  private <T> CompletionStage<T> known(
      String queueId, Function<QueueKey, CompletionStage<T>> work) {
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
   * The statistics of every queue, by id.
   *
   * @param window of rates and durations, 1 s to 1 h
   */
  public Map<String, QueueStats> stats(Duration window) {
    return statistics.figures(window);
  }

  /**
   * The same without asking the database, so that it never waits; ages of the oldest tasks may be a
   * second old.
   *
   * @param window of rates and durations, 1 s to 1 h
   */
  public Map<String, QueueStats> knownStats(Duration window) {
    return statistics.knownFigures(window);
  }

  /** The counters of each queue since this node began to follow the log, by id. Never waits. */
  public Map<String, QueueCounters> counters() {
    return statistics.counters();
  }
}
