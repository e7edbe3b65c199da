package io.tasklane.queue;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A named queue. Its tasks run strictly one after another, by priority, then by creation.
 *
 * @param key of the row
 * @param queueId final part of the name "queues/{queue}", [A-Z][A-Z0-9_]{0,62}
 * @param state whether it starts tasks
 * @param concurrency runs at once, 1 or more; 1 keeps tasks strictly one after another
 * @param retryPolicy for tasks whose type has none of its own
 * @param attemptTimeout for tasks whose type has none of its own
 * @param resultTtl how long results are kept
 * @param pauseActor who paused or drains it
 * @param pauseTime since when it is paused or drains
 * @param ownerNode the node that owns it now, empty while none does
 * @param version grows by one with every change; the etag
 * @param deleteTime when it was deleted; only its ended tasks are left then
 */
public record Queue(
    int key,
    String queueId,
    QueueState state,
    int concurrency,
    RetryPolicy retryPolicy,
    Duration attemptTimeout,
    Duration resultTtl,
    Optional<Actor> pauseActor,
    Optional<Instant> pauseTime,
    Optional<String> ownerNode,
    int version,
    Optional<Instant> deleteTime) {
  /** One that is to be created: active, without a row, an owner or a version yet. */
  public static Queue planned(QueueSettings settings) {
    return new Queue(
        0,
        settings.queueId(),
        QueueState.ACTIVE,
        settings.concurrency(),
        settings.retryPolicy(),
        settings.attemptTimeout(),
        settings.resultTtl(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /** "queues/{queue}". */
  public String name() {
    return "queues/" + queueId;
  }

  /** What it gives its tasks. */
  public QueueDefaults defaults() {
    return new QueueDefaults(retryPolicy, attemptTimeout, resultTtl);
  }

  /** The same with other defaults. */
  public Queue with(QueueDefaults defaults) {
    return new Queue(
        key,
        queueId,
        state,
        concurrency,
        defaults.retryPolicy(),
        defaults.attemptTimeout(),
        defaults.resultTtl(),
        pauseActor,
        pauseTime,
        ownerNode,
        version,
        deleteTime);
  }

  /** Whether it exists for nobody but its ended tasks. */
  public boolean isDeleted() {
    return deleteTime.isPresent();
  }

  /** The entity tag of this version; RFC 9110 wants the quotes. */
  public String etag() {
    return "\"" + version + "\"";
  }
}
