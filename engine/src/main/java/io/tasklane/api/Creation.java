package io.tasklane.api;

import io.tasklane.task.Task;

/**
 * The result of a request to create a task.
 *
 * @param task as it is now
 * @param existing whether it existed before
 */
public record Creation(Task task, boolean existing) {}
