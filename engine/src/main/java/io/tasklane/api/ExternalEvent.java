package io.tasklane.api;

import io.tasklane.task.Publication;
import java.util.Optional;

/**
 * An event of an external producer.
 *
 * @param publication its content
 * @param eventId the producer's own id of it: a second event with this id, of the same principal,
 *     changes nothing
 */
public record ExternalEvent(Publication publication, Optional<String> eventId) {}
