package io.tasklane.event;

import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;

/**
 * One move of one task, as stored in its event.
 *
 * @param taskKey key of the task's row
 * @param taskType name of the task type
 * @param priority 1 to 10
 * @param move what happened, empty for a report of progress
 * @param from the state before, empty at creation
 * @param to the state after
 * @param attempt attempts begun so far
 * @param version of the task after it
 * @param since when the state before began
 * @param previousPriority where the move changed it
 */
public record TaskChange(
    TaskKey taskKey,
    String taskType,
    int priority,
    Optional<Move> move,
    Optional<TaskState> from,
    TaskState to,
    int attempt,
    int version,
    Optional<Instant> since,
    Optional<Integer> previousPriority) {}
