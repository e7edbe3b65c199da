package io.tasklane.dependency;

import io.tasklane.task.state.TaskState;
import java.util.Optional;

/**
 * A task that has just ended and whose end others wait for.
 *
 * @param id key of its row
 * @param taskId final part of its name
 * @param state the final state
 * @param needed whether other tasks depend on it
 * @param orderingKey the key whose next task may start
 * @param holdsUnits whether it needed units of resources
 */
public record EndedTask(
    long id,
    String taskId,
    TaskState state,
    boolean needed,
    Optional<String> orderingKey,
    boolean holdsUnits) {
  /** Whether somebody waits for its end. */
  public boolean isAwaited() {
    return needed || orderingKey.isPresent() || holdsUnits;
  }
}
