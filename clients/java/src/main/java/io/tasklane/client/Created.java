package io.tasklane.client;

/**
 * A task that exists.
 *
 * @param name "tasks/{task}"
 * @param existing whether it existed before, and was found by its deduplication key
 */
public record Created(String name, boolean existing) {}
