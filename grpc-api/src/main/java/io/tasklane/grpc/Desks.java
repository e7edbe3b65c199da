package io.tasklane.grpc;

import io.tasklane.app.ArtifactDesk;
import io.tasklane.app.DeadLetterDesk;
import io.tasklane.app.EffectDesk;
import io.tasklane.app.EventDesk;
import io.tasklane.app.QueueDesk;
import io.tasklane.app.ResourceDesk;
import io.tasklane.app.SystemDesk;
import io.tasklane.app.TaskDesk;

/**
 * The application, as far as the API reaches it.
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
    SystemDesk system) {}
