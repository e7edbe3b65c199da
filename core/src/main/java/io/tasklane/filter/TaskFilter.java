package io.tasklane.filter;

import io.tasklane.task.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks a list wants: {@code state}, {@code queue}, {@code task_type}, {@code priority} and
 * {@code labels.KEY}, each at most once and with {@code =}; several states stand as {@code state =
 * QUEUED OR state = RUNNING}.
 *
 * @param states any of these; empty means all
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param priority exactly this, 1 to 10
 * @param labels all of these pairs
 */
public record TaskFilter(
    Set<TaskState> states,
    Optional<String> queue,
    Optional<String> taskType,
    Optional<Integer> priority,
    Map<String, String> labels) {
  /** Keeps own copies. */
  public TaskFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
  }

  /**
   * Reads a filter; a blank text matches every task.
   *
   * @throws FilterException naming the position and what is allowed there
   */
  public static TaskFilter parse(String text) {
    TaskFilterReader reader = new TaskFilterReader();
    Filter.parse(text).allOf().forEach(reader::read);
    Map<String, String> values = new HashMap<>(reader.values());
    Optional<String> queue = Optional.ofNullable(values.remove("queue"));
    Optional<String> taskType = Optional.ofNullable(values.remove("task_type"));
    Optional<Integer> priority =
        Optional.ofNullable(values.remove("priority")).map(Integer::valueOf);
    return new TaskFilter(reader.states(), queue, taskType, priority, reader.labels());
  }
}
