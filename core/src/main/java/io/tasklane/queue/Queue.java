package io.tasklane.queue;

import io.tasklane.key.QueueKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A named queue. Its tasks start by priority, then by creation, one after another or as many at
 * once as its policy says.
 *
 * @param key of the row
 * @param queueId final part of the name "queues/{queue}", [A-Z][A-Z0-9_]{0,62}
 * @param state whether it starts tasks
 * @param policy how many run at once, and in which order
 * @param retryPolicy for tasks whose type has none of its own
 * @param timeouts for tasks whose type has none of its own
 * @param resultTtl how long results are kept
 * @param pauseActor who paused or drained it
 * @param pauseTime since when it is paused or draining
 * @param ownerNode the node that owns it now, empty if there is none
 * @param version grows by one with every change; the etag
 * @param deleteTime when it was deleted; only its ended tasks are left then
 */
public record Queue(
    QueueKey key,
    String queueId,
    QueueState state,
    QueuePolicy policy,
    RetryPolicy retryPolicy,
    Timeouts timeouts,
    Duration resultTtl,
    Optional<Actor> pauseActor,
    Optional<Instant> pauseTime,
    Optional<String> ownerNode,
    int version,
    Optional<Instant> deleteTime) {
  /** A queue that is to be created: active, without a row, an owner or a version yet. */
  public static Queue planned(QueueSettings settings) {
    return new Queue(
        new QueueKey(0),
        settings.queueId(),
        QueueState.ACTIVE,
        settings.policy(),
        settings.retryPolicy(),
        settings.timeouts(),
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

  /** The defaults it gives its tasks. */
  public QueueDefaults defaults() {
    return new QueueDefaults(retryPolicy, timeouts, resultTtl);
  }

  /** Maximum of concurrent runs, on all nodes together. */
  public int concurrency() {
    return policy.concurrency();
  }

  /** The settings that would create the same queue. */
  public QueueSettings settings() {
    return QueueSettings.of(queueId, policy, defaults());
  }

  /** The same with other settings; its id stays. */
  public Queue with(QueueSettings settings) {
    return new Queue(
        key,
        queueId,
        state,
        settings.policy(),
        settings.retryPolicy(),
        settings.timeouts(),
        settings.resultTtl(),
        pauseActor,
        pauseTime,
        ownerNode,
        version,
        deleteTime);
  }

  /** Whether it was deleted; its ended tasks may still refer to it. */
  public boolean isDeleted() {
    return deleteTime.isPresent();
  }

  /** The entity tag of this version, with the quotes of RFC 9110. */
  public String etag() {
    return "\"" + version + "\"";
  }
}
