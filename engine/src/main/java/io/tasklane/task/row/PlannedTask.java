package io.tasklane.task.row;

import io.tasklane.dependency.Standing;
import java.util.Optional;

/**
 * A new task with what was decided about its start.
 *
 * @param task the task
 * @param standing where it stands with the tasks it needs
 * @param needed whether a task that is created with it needs it
 * @param keyWaits whether another task of its ordering key has the turn
 */
public record PlannedTask(NewTask task, Standing standing, boolean needed, boolean keyWaits) {
  /** One that waits for no key. */
  public PlannedTask(NewTask task, Standing standing, boolean needed) {
    this(task, standing, needed, false);
  }

  /** The same in line behind another task of its key. */
  public PlannedTask inLine() {
    return new PlannedTask(task, standing, needed, true);
  }

  /** Its ordering key, where it enters a line: what is ruled out at its birth does not. */
  public Optional<String> lineKey() {
    return task.rules().orderingKey().filter(key -> standing.ruledOut().isEmpty());
  }
}
