package io.tasklane.rollup;

import io.tasklane.key.QueueKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a rollup has to know of a move of a task.
 *
 * @param queue of the task
 * @param taskType of the task
 * @param move what happened
 * @param from the state before; empty at creation
 * @param to the state after
 * @param time when it happened
 * @param since when the state before began; empty at creation
 */
public record RollupEvent(
    QueueKey queue,
    String taskType,
    Move move,
    Optional<TaskState> from,
    TaskState to,
    Instant time,
    Optional<Instant> since) {
  /** How long the task was in the state before; never negative, whatever clocks did. */
  Duration stay() {
    Duration stay = Duration.between(since.orElse(time), time);
    return stay.isNegative() ? Duration.ZERO : stay;
  }
}
