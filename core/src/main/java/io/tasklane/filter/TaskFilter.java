package io.tasklane.filter;

import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks to list: {@code state}, {@code queue}, {@code task_type}, {@code priority}, {@code
 * labels.KEY} and {@code failure.code}, each at most once and with {@code =}; {@code create_time}
 * and {@code end_time} between bounds; several states are written as {@code state = QUEUED OR state
 * = RUNNING}.
 *
 * @param states any of these; empty means all
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param priority exactly this, 1 to 10
 * @param labels all of these pairs
 * @param createTime created within
 * @param endTime ended within; if it has a bound, unfinished tasks do not match
 * @param failureCode ended with this failure; one that is tried again does not count
 */
public record TaskFilter(
    Set<TaskState> states,
    Optional<String> queue,
    Optional<String> taskType,
    Optional<Integer> priority,
    Map<String, String> labels,
    TimeRange createTime,
    TimeRange endTime,
    Optional<String> failureCode) {
  /** Copies the collections. */
  public TaskFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
  }

  /** Whether this task matches. */
  public boolean matches(Task task) {
    return (states.isEmpty() || states.contains(task.state()))
        && queue.map(task.queue()::equals).orElse(true)
        && taskType.map(task.taskType()::equals).orElse(true)
        && priority.map(wanted -> wanted == task.priority().value()).orElse(true)
        && task.labels().entrySet().containsAll(labels.entrySet())
        && failureCode.map(code -> hasEndedWith(task, code)).orElse(true)
        && createTime.contains(task.createTime())
        && (endTime.isUnbounded() || task.endTime().filter(endTime::contains).isPresent());
  }

  private static boolean hasEndedWith(Task task, String code) {
    return task.endTime().isPresent()
        && task.failure().filter(failure -> failure.code().equals(code)).isPresent();
  }

  /**
   * Parses a filter; a blank text matches every task.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static TaskFilter parse(String text) {
    TaskFilterReader reader = new TaskFilterReader();
    Filter.parse(text).allOf().forEach(reader::read);
    return reader.filter();
  }
}
