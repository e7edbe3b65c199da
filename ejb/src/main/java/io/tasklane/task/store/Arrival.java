package io.tasklane.task.store;

import io.tasklane.dependency.Standing;

/**
 * A new task with what was decided about its start.
 *
 * @param task the task
 * @param standing where it stands with the tasks it needs
 * @param needed whether a task that is created with it needs it
 */
public record Arrival(NewTask task, Standing standing, boolean needed) {}
