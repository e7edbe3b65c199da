package io.tasklane.task.row;

import io.tasklane.dependency.Standing;
import java.util.Optional;

/**
 * A new task and what was decided about its start.
 *
 * @param task the task
 * @param standing what the tasks that it needs mean for its start
 * @param needed whether a task created with it needs it
 * @param keyWaits whether another task of its ordering key has the turn
 */
public record PlannedTask(NewTask task, Standing standing, boolean needed, boolean keyWaits) {
  /** A task that does not wait for an ordering key. */
  public PlannedTask(NewTask task, Standing standing, boolean needed) {
    this(task, standing, needed, false);
  }

  /** The same in line after another task of its key. */
  public PlannedTask inLine() {
    return new PlannedTask(task, standing, needed, true);
  }

  /** Its ordering key if it enters a line; a task that is ruled out from the start does not. */
  public Optional<String> lineKey() {
    return task.rules().orderingKey().filter(key -> standing.ruledOut().isEmpty());
  }
}
