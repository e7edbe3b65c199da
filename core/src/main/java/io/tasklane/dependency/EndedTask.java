package io.tasklane.dependency;

import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.util.Optional;

/**
 * A task that has just ended, or whose run has, and what this concerns beyond the task itself.
 *
 * @param id key of its row
 * @param taskId final part of its name
 * @param state its new state
 * @param needed whether other tasks depend on it
 * @param orderingKey the key whose next task may start
 * @param holdsUnits whether it needed units of resources
 * @param listeners the features that take part in the command that ends it, one bit each
 */
public record EndedTask(
    TaskKey id,
    String taskId,
    TaskState state,
    boolean needed,
    Optional<String> orderingKey,
    boolean holdsUnits,
    int listeners) {
  /** Whether its end concerns anybody else. */
  public boolean isAwaited() {
    return needed || orderingKey.isPresent() || holdsUnits || listeners != 0;
  }
}
