package io.tasklane.api;

import io.tasklane.task.Publication;
import java.util.Optional;

/**
 * An event of a producer outside.
 *
 * @param publication what it tells
 * @param eventId the producer's own id of it: a second one with this id, of the same principal,
 *     changes nothing
 */
public record ExternalEvent(Publication publication, Optional<String> eventId) {}
