package io.tasklane.api;

import io.tasklane.filter.DeadLetterFilter;
import java.util.Optional;

/**
 * Which dead letters to list, the newest first.
 *
 * @param filter which
 * @param after where the previous page ended; empty begins at the first
 * @param limit 1 to 500
 */
public record DeadLetterQuery(DeadLetterFilter filter, Optional<ListPosition> after, int limit) {}
