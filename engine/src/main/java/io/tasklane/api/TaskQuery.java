package io.tasklane.api;

import io.tasklane.filter.TaskFilter;
import java.util.Optional;

/**
 * Which tasks to list, and in which order.
 *
 * @param filter which
 * @param order in which order
 * @param after where the previous page ended; empty begins at the first
 * @param limit 1 to 500
 */
public record TaskQuery(
    TaskFilter filter, TaskOrder order, Optional<ListPosition> after, int limit) {}
