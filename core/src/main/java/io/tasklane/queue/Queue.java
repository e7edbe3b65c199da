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
 * @param pauseActor who paused it
 * @param pauseTime since when it is paused
 * @param ownerNode the node that owns it now, empty while none does
 * @param version grows by one with every change; the etag
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
    int version) {
  /** "queues/{queue}". */
  public String name() {
    return "queues/" + queueId;
  }
}
