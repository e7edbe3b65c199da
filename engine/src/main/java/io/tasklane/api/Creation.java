package io.tasklane.api;

import io.tasklane.task.Task;

/**
 * A task that was asked for.
 *
 * @param task as it stands
 * @param existing true where it stood there before
 */
public record Creation(Task task, boolean existing) {}
