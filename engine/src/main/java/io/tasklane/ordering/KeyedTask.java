package io.tasklane.ordering;

import io.tasklane.key.TaskKey;

/**
 * A task in the line of its ordering key.
 *
 * @param key the key
 * @param task key of its row
 */
public record KeyedTask(String key, TaskKey task) {}
