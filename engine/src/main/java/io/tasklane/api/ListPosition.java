package io.tasklane.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A position in a list, valid for lists with the same filter and order.
 *
 * @param time the first half, if the list is ordered by time
 * @param key of a task's row
 */
public record ListPosition(Optional<Instant> time, long key) {}
