package io.tasklane.app;

import io.tasklane.task.TaskState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks to list, newest first.
 *
 * @param states any of these; empty means all
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param priority exactly this
 * @param labels all of these pairs
 * @param before only tasks with a smaller key: where the page before ended
 * @param limit 1 to 500
 */
public record TaskQuery(
    Set<TaskState> states,
    Optional<String> queue,
    Optional<String> taskType,
    Optional<Integer> priority,
    Map<String, String> labels,
    Optional<Long> before,
    int limit) {}
