package io.tasklane.api;

import io.tasklane.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list of tasks.
 *
 * @param tasks those that match among the tasks that were looked at; may be empty before the end
 * @param places of each of them
 * @param next where the next page begins; empty at the end
 */
public record TaskPage(List<Task> tasks, List<ListPosition> places, Optional<ListPosition> next) {
  /** The same page at this time: without results that have expired. */
  public TaskPage at(Instant time) {
    return new TaskPage(tasks.stream().map(task -> task.at(time)).toList(), places, next);
  }
}
