package io.tasklane.app;

import io.tasklane.engine.Engine;

/**
 * All desks of one engine as plain objects, for an edge that calls them thousands of times a
 * second: what the container does around each call of a bean would cost more than most of what the
 * desks do. What they throw comes as it is thrown, in no EJBException.
 *
 * @param tasks where tasks are created and found
 * @param queues where queues are asked after and paused
 * @param events where the log is read
 * @param artifacts where large bodies are kept
 * @param deadLetters where dead letters are looked at and replayed
 * @param effects where effects of runs are recorded
 * @param resources where resources are asked after and changed
 * @param system where the health of the parts is asked after
 */
public record Desks(
    TaskDesk tasks,
    QueueDesk queues,
    EventDesk events,
    ArtifactDesk artifacts,
    DeadLetterDesk deadLetters,
    EffectDesk effects,
    ResourceDesk resources,
    SystemDesk system) {
  static Desks of(Engine engine) {
    return new Desks(
        new TaskDesk(engine),
        new QueueDesk(engine),
        new EventDesk(engine),
        new ArtifactDesk(engine.artifacts()),
        new DeadLetterDesk(engine),
        new EffectDesk(engine.effects()),
        new ResourceDesk(engine),
        new SystemDesk(engine));
  }
}
