package io.tasklane.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A place in a list, good for lists with the same filter and order.
 *
 * @param time the first half, where the list goes by a time
 * @param key of a task's row
 */
public record ListPosition(Optional<Instant> time, long key) {}
