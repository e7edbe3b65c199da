package io.tasklane.api;

import io.tasklane.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some tasks of a list.
 *
 * @param tasks those that fit among the tasks that were looked at; may be none before the end
 * @param places of each of them
 * @param next where the next page begins; empty at the end
 */
public record TaskPage(List<Task> tasks, List<ListPosition> places, Optional<ListPosition> next) {
  /** The same as it reads at this time: without results whose time is over. */
  public TaskPage at(Instant time) {
    return new TaskPage(tasks.stream().map(task -> task.at(time)).toList(), places, next);
  }
}
