package io.tasklane.event;

import io.tasklane.task.TaskState;

/**
 * Ended tasks of one queue that were removed together, because they were kept long enough.
 *
 * @param state how they had ended
 * @param count how many, at least 1
 */
public record Removal(TaskState state, int count) {}
