package io.tasklane.dependency;

import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;

/**
 * A task that others need, as found when they were created; its row is locked.
 *
 * @param id key of its row
 * @param taskId final part of its name
 * @param state its state
 */
public record NeededTask(TaskKey id, String taskId, TaskState state) {}
