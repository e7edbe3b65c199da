package io.tasklane.task.due;

import io.tasklane.feature.DueWork;
import java.util.List;

/** When tasks expire or become due. */
public final class TaskDueWork {
  // in the order of the index: otherwise a table that was long and is empty now is read from end to
  // end
  private static final String OVERDUE =
      """
      SELECT coalesce((SELECT due FROM task_deadline ORDER BY due, task LIMIT 1)
        <= clock_timestamp(), false)""";
  private static final String DUE =
      """
      SELECT coalesce((SELECT due FROM task_due ORDER BY due, task LIMIT 1) <= clock_timestamp(),
        false)""";

  private TaskDueWork() {}

  /** Expires tasks, and then releases due ones, so that none that is too late starts. */
  public static List<DueWork> of(ExpireTasks expiry, ReleaseDue release) {
    return List.of(
        new DueWork("expire tasks", OVERDUE, expiry),
        new DueWork("release due tasks", DUE, release));
  }
}
