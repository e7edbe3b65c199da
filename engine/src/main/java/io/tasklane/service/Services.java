package io.tasklane.service;

import io.tasklane.engine.Engine;

/**
 * All services of one engine: what the edges (gRPC, web) call. They are plain objects, so that a
 * call costs nothing beyond its work; what they throw reaches the caller as it was thrown.
 *
 * @param tasks creates and finds tasks
 * @param queues creates, pauses and finds queues
 * @param events reads the event log
 * @param artifacts stores large payloads
 * @param deadLetters lists and replays dead letters
 * @param effects records effects of runs
 * @param resources creates and finds resources
 * @param system reports health
 */
public record Services(
    TaskService tasks,
    QueueService queues,
    EventService events,
    ArtifactService artifacts,
    DeadLetterService deadLetters,
    EffectService effects,
    ResourceService resources,
    SystemService system) {
  /** The services of this engine; usable as long as it runs. */
  public static Services of(Engine engine) {
    return new Services(
        new TaskService(engine),
        new QueueService(engine),
        new EventService(engine),
        new ArtifactService(engine.artifacts()),
        new DeadLetterService(engine),
        new EffectService(engine.effects()),
        new ResourceService(engine),
        new SystemService(engine));
  }
}
