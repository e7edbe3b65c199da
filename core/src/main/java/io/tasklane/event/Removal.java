package io.tasklane.event;

import io.tasklane.task.state.TaskState;

/**
 * Ended tasks of one queue that were removed together, because they were kept long enough.
 *
 * @param state how they had ended
 * @param count how many, at least 1
 * @param deadLetters how many dead letters went with them, 0 to count
 */
public record Removal(TaskState state, int count, int deadLetters) {}
