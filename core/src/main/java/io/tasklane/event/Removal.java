package io.tasklane.event;

import io.tasklane.task.state.TaskState;

/**
 * Ended tasks of one queue that were removed together after their retention period.
 *
 * @param state their final state
 * @param count how many, at least 1
 * @param deadLetters how many dead letters were removed with them, 0 to count
 */
public record Removal(TaskState state, int count, int deadLetters) {}
