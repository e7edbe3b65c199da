package io.tasklane.api;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events a list shows.
 *
 * @param after position after which to begin, empty for the oldest event that is kept
 * @param end position up to which to read, empty for the present
 * @param filter which events to show
 * @param limit maximum of events to return, at least 1
 */
public record EventQuery(
    Optional<ResumeToken> after,
    Optional<ResumeToken> end,
    Predicate<LogEvent> filter,
    int limit) {}
